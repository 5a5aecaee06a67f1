import { KubeConfig } from '@kubernetes/client-node';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { KnownHost } from '../../../src/agent/protocol/controller/known-host';
import type { NewCluster } from '../../../src/agent/protocol/controller/new-cluster';
import { createKubernetesCluster } from '../../../src/controller/kubernetes/kubernetes-cluster';
import { makeRequest } from '../../support/fake-kubernetes/make-request';
import { startFakeKubernetes } from '../../support/fake-kubernetes/start-fake-kubernetes';

let fake: Awaited<ReturnType<typeof startFakeKubernetes>>;
let cluster: NewCluster;
const signal = AbortSignal.timeout(60_000);
const hosts: KnownHost[] = [{ id: 'h', name: 'node-1', addresses: ['10.0.0.1'], status: 'installing-in-progress', stage: 'Rebooting' }];

function connect(kubeconfig: string): NewCluster {
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  return createKubernetesCluster({ config, isOutside: true, readLog: () => 'what the controller said\n' });
}

beforeEach(async () => {
  fake = await startFakeKubernetes();
  cluster = connect(fake.kubeconfig);
});
afterEach(() => fake.api.close());

it('reads nodes, the requests for configurations, and the authority of the ingress', async () => {
  const namespace = 'openshift-machine-config-operator';
  expect(await cluster.findIngressCa(signal)).toBeUndefined();
  fake.api.put({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-1' }, status: { addresses: [{ type: 'InternalIP', address: '10.0.0.1' }, { type: 'Hostname', address: 'node-1' }], conditions: [{ type: 'Ready', status: 'True' }] } });
  fake.api.put({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-2' } });
  fake.api.put({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'mcs', namespace, labels: { 'k8s-app': 'machine-config-server' } } });
  fake.api.put({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'other', namespace } });
  fake.api.appendLog(namespace, 'mcs', 'a request');
  fake.api.appendLog(namespace, 'other', 'something else');
  fake.api.put({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'default-ingress-cert', namespace: 'openshift-config-managed' }, data: { 'ca-bundle.crt': 'PEM' } });
  expect(await cluster.listNodes(signal)).toEqual([{ name: 'node-1', addresses: ['10.0.0.1'], ready: true }, { name: 'node-2', addresses: [], ready: false }]);
  expect(await cluster.readIgnitionLogs(signal)).toBe('a request\n');
  expect(await cluster.findIngressCa(signal)).toBe('PEM');
});

it('approves the request of a known host and leaves that of a stranger pending', async () => {
  for (const name of ['node-1', 'stranger']) {
    fake.api.put({ apiVersion: 'certificates.k8s.io/v1', kind: 'CertificateSigningRequest', metadata: { name }, spec: {
      request: Buffer.from(await makeRequest({ commonName: `system:node:${name}` })).toString('base64'), signerName: 'kubernetes.io/kube-apiserver-client-kubelet',
      username: 'system:serviceaccount:openshift-machine-config-operator:node-bootstrapper', usages: ['client auth', 'digital signature'],
    } });
  }
  expect(await cluster.approveCertificates(hosts, [], signal)).toHaveLength(1);
  const statusOf = (name: string) => fake.api.find('certificates.k8s.io/v1', 'CertificateSigningRequest', name)?.['status'];
  expect(statusOf('node-1')).toMatchObject({ conditions: [{ type: 'Approved', status: 'True' }] });
  expect(statusOf('stranger')).toBeUndefined();
  expect(await cluster.approveCertificates(hosts, [], signal)).toEqual([]);
});

it('reads operators of the release and of the user', async () => {
  const conditions = (...list: [string, string, string][]) => ({ conditions: list.map(([type, status, message]) => ({ type, status, message })) });
  const olm = { name: 'lso', namespace: 'openshift-local-storage', subscriptionName: 'local-storage-operator' };
  const putConsole = (...list: [string, string, string][]) => fake.api.put({ apiVersion: 'config.openshift.io/v1', kind: 'ClusterOperator', metadata: { name: 'console' }, status: conditions(...list) });
  expect(await cluster.findOperator('console', signal)).toBeUndefined();
  putConsole(['Available', 'False', 'no pods'], ['Progressing', 'True', 'rolling out']);
  expect(await cluster.findOperator('console', signal)).toEqual({ status: 'progressing', status_info: 'rolling out' });
  putConsole(['Degraded', 'True', 'no route'], ['Progressing', 'True', 'rolling out']);
  expect(await cluster.findOperator('console', signal)).toEqual({ status: 'failed', status_info: 'no route' });
  putConsole(['Available', 'True', 'All is well']);
  expect(await cluster.findOperator('console', signal)).toEqual({ status: 'available', status_info: 'All is well' });
  fake.api.put({ apiVersion: 'config.openshift.io/v1', kind: 'ClusterVersion', metadata: { name: 'version' }, status: conditions(['Progressing', 'True', 'Working towards 4.8.0']) });
  expect(await cluster.findClusterVersion(signal)).toEqual({ status: 'progressing', status_info: 'Working towards 4.8.0' });

  expect(await cluster.findOlmOperator(olm, signal)).toBeUndefined();
  fake.api.put({ apiVersion: 'operators.coreos.com/v1alpha1', kind: 'Subscription', metadata: { name: olm.subscriptionName, namespace: olm.namespace }, status: { currentCSV: 'lso.v4.8' } });
  expect(await cluster.findOlmOperator(olm, signal)).toBeUndefined();
  for (const [phase, status] of [['InstallReady', 'progressing'], ['Failed', 'failed'], ['Succeeded', 'available']] as const) {
    fake.api.put({ apiVersion: 'operators.coreos.com/v1alpha1', kind: 'ClusterServiceVersion', metadata: { name: 'lso.v4.8', namespace: olm.namespace }, status: { phase, message: 'why' } });
    expect(await cluster.findOlmOperator(olm, signal)).toEqual({ status, status_info: 'why' });
  }
});

it('applies manifests once their kinds are known, twice with the same result, as the administrator', async () => {
  const manifests = '---\napiVersion: local.storage.openshift.io/v1alpha1\nkind: LocalVolumeSet\nmetadata:\n  name: disks\n  namespace: storage\nspec:\n  volumeMode: Block\n---\n';
  const apply = () => cluster.applyManifests(manifests, fake.givenKubeconfig, signal);
  await expect(apply()).rejects.toThrow('apply LocalVolumeSet disks');
  fake.api.addKind({ apiVersion: 'local.storage.openshift.io/v1alpha1', kind: 'LocalVolumeSet', plural: 'localvolumesets', namespaced: true });
  await apply();
  const find = () => fake.api.find('local.storage.openshift.io/v1alpha1', 'LocalVolumeSet', 'disks', 'storage');
  const first = find();
  await apply();
  expect(first?.['spec']).toEqual({ volumeMode: 'Block' });
  expect(find()).toMatchObject({ spec: first?.['spec'], metadata: { uid: first?.metadata.uid } });
  await expect(cluster.applyManifests('kind: Nameless', fake.givenKubeconfig, signal)).rejects.toThrow();
});

it('gives etcd its quorum back', async () => {
  fake.api.put({ apiVersion: 'operator.openshift.io/v1', kind: 'Etcd', metadata: { name: 'cluster' }, spec: { managementState: 'Managed', unsupportedConfigOverrides: { useUnsupportedUnsafeNonHANonProductionUnstableEtcd: true } } });
  await cluster.restoreEtcdQuorum(signal);
  expect(fake.api.find('operator.openshift.io/v1', 'Etcd', 'cluster')?.['spec']).toEqual({ managementState: 'Managed' });
});

it('packs its log, and for a failure the state of the cluster with what could not be read', async () => {
  const read = async (complete: boolean) => gunzipSync(await (await cluster.collectLogs(complete, signal)).arrayBuffer()).toString();
  fake.api.put({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-1' } });
  expect(await read(false)).toContain('what the controller said');
  expect(await read(false)).not.toContain('must-gather');
  const all = await read(true);
  for (const name of ['nodes', 'pods', 'events', 'clusteroperators']) expect(all).toContain(`must-gather/${name}.json`);
  expect(all).toContain('node-1');
  fake.api.setAway(true);
  expect(await read(true)).toContain('nodes.json: no answer');
});

it('rejects while the API server is away or refuses, and names no content', async () => {
  fake.api.setAway(true);
  await expect(cluster.listNodes(signal)).rejects.toThrow(/^list nodes: no answer/);
  fake.api.setAway(false);
  expect(await cluster.listNodes(signal)).toEqual([]);
  const config = new KubeConfig();
  config.loadFromString(fake.kubeconfig);
  config.users = config.users.map(({ name }) => ({ name }));
  await expect(connect(config.exportConfig()).listNodes(signal)).rejects.toThrow('list nodes: 401');
  await expect(cluster.listNodes(AbortSignal.abort(new Error('enough')))).rejects.toThrow();
});
