import { KubeConfig } from '@kubernetes/client-node';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { KnownHost } from '../../../src/agent/protocol/controller/known-host';
import type { NewCluster } from '../../../src/agent/protocol/controller/new-cluster';
import { createKubernetesCluster } from '../../../src/controller/kubernetes/kubernetes-cluster';
import type { ProgramCall } from '../../../src/domain/program/program';
import { runProgram } from '../../../src/programs/run-program';
import { readArchive } from '../read-archive';
import { createRecordingProgram } from '../../support/recording-program';
import { makeRequest } from '../../../src/live/kubelet/make-request';
import type { StoredObject } from '../../support/fake-kubernetes/object-store';
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

it('approves one request although another cannot be, which is told when it is the only one left', async () => {
  const ask = async (name: string) => fake.api.put({ apiVersion: 'certificates.k8s.io/v1', kind: 'CertificateSigningRequest', metadata: { name }, spec: {
    request: Buffer.from(await makeRequest({ commonName: 'system:node:node-1' })).toString('base64'), signerName: 'kubernetes.io/kube-apiserver-client-kubelet',
    username: 'system:serviceaccount:openshift-machine-config-operator:node-bootstrapper', usages: ['client auth', 'digital signature'],
  } });
  await ask('a-broken');
  await ask('b-well');
  fake.api.refuse(/^PUT .*a-broken/);
  expect(await cluster.approveCertificates(hosts, [], signal)).toEqual([expect.stringContaining('(b-well)')]);
  await expect(cluster.approveCertificates(hosts, [], signal)).rejects.toThrow('approve a-broken: 500');
});

it('reads the logs of those machine config servers that answer, and rejects when none does', async () => {
  const namespace = 'openshift-machine-config-operator';
  for (const name of ['mcs-1', 'mcs-2']) {
    fake.api.put({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels: { 'k8s-app': 'machine-config-server' } } });
    fake.api.appendLog(namespace, name, `a request to ${name}`);
  }
  fake.api.refuse(/mcs-1\/log$/);
  expect(await cluster.readIgnitionLogs(signal)).toBe('a request to mcs-2\n');
  fake.api.refuse(/\/log$/);
  await expect(cluster.readIgnitionLogs(signal)).rejects.toThrow('read the log of mcs-1: 500');
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

it('gives bare metal hosts their hardware once, and leaves all others as they are', async () => {
  const of = ['metal3.io/v1alpha1', 'BareMetalHost'] as const;
  const namespace = 'openshift-machine-api';
  const annotations = { 'baremetalhost.metal3.io/status': '{"hardware":{"hostname":"node-1"}}', other: 'stays' };
  fake.api.put({ apiVersion: of[0], kind: of[1], metadata: { name: 'openshift-master-0', namespace, annotations } as StoredObject['metadata'], spec: { online: true } });
  fake.api.put({ apiVersion: of[0], kind: of[1], metadata: { name: 'openshift-worker-0', namespace }, spec: { online: false } });
  expect(await cluster.settleBareMetalHosts(signal)).toEqual(['openshift-master-0']);
  expect(fake.api.find(...of, 'openshift-master-0', namespace)).toMatchObject({ spec: { online: true }, status: { hardware: { hostname: 'node-1' }, lastUpdated: expect.any(String) } });
  expect(fake.api.find(...of, 'openshift-master-0', namespace)?.metadata).toMatchObject({ annotations: { other: 'stays' } });
  expect(JSON.stringify(fake.api.find(...of, 'openshift-master-0', namespace))).not.toContain('baremetalhost.metal3.io/status');
  expect(fake.api.find(...of, 'openshift-worker-0', namespace)?.['status']).toBeUndefined();
  expect(await cluster.settleBareMetalHosts(signal)).toEqual([]);
});

it('gives a bare metal host its hardware although that of another cannot be read, which is told when nothing else is to be done', async () => {
  const namespace = 'openshift-machine-api';
  const put = (name: string, status: string) => fake.api.put({ apiVersion: 'metal3.io/v1alpha1', kind: 'BareMetalHost', metadata: { name, namespace, annotations: { 'baremetalhost.metal3.io/status': status } } as StoredObject['metadata'] });
  put('openshift-master-0', 'no JSON');
  put('openshift-master-1', '{}');
  expect(await cluster.settleBareMetalHosts(signal)).toEqual(['openshift-master-1']);
  await expect(cluster.settleBareMetalHosts(signal)).rejects.toThrow('JSON');
});

it.each([['172.30.0.0/16', '172.30.0.10'], ['fd02::/112', 'fd02::a']])('takes the address of the name server in %s from a service that was faster, and from no other', async (cidr, address) => {
  const put = (namespace: string, name: string, clusterIP: string) => fake.api.put({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace }, spec: { clusterIP } });
  const told: string[] = [];
  const free = () => cluster.freeDnsAddress((what) => told.push(what), signal);
  expect(await free()).toBe(false);
  fake.api.put({ apiVersion: 'config.openshift.io/v1', kind: 'Network', metadata: { name: 'cluster' }, spec: { serviceNetwork: [cidr] } });
  put('default', 'kubernetes', address.replace(/.$/, '1'));
  put('other', 'headless', 'None');
  expect([await free(), told]).toEqual([false, []]);
  put('other', 'early', address);
  expect(await free()).toBe(false);
  expect(told).toEqual([`deletes the service other/early: it has the address of the cluster's name server, ${address}`]);
  expect([fake.api.find('v1', 'Service', 'early', 'other'), fake.api.find('v1', 'Service', 'headless', 'other')]).toEqual([undefined, expect.anything()]);
  put('openshift-dns', 'dns-default', address);
  expect([await free(), told.length]).toEqual([true, 1]);
});

it('packs its log, and for a failure the state of the cluster with what could not be read', async () => {
  const read = async (complete: boolean) => gunzipSync(await (await cluster.collectLogs(complete, signal)).arrayBuffer()).toString();
  fake.api.put({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-1' } });
  const putPod = (name: string, phase: string, ready: boolean, restartCount: number) => fake.api.put({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'openshift-console' }, status: { phase, containerStatuses: [{ name: 'server', ready, restartCount }] } });
  putPod('broken', 'Running', false, 7);
  putPod('well', 'Running', true, 1);
  putPod('done', 'Succeeded', false, 0);
  fake.api.appendLog('openshift-console', 'broken', 'the reason');
  expect(await read(false)).toContain('what the controller said');
  expect(await read(false)).not.toContain('must-gather');
  const all = await read(true);
  for (const name of ['nodes', 'pods', 'events', 'clusteroperators']) expect(all).toContain(`must-gather/${name}.json`);
  expect(all).toContain('node-1');
  expect(all).toContain('must-gather/logs/openshift-console/broken/server.log');
  expect(all).toContain('must-gather/logs/openshift-console/broken/server.previous.log');
  expect(all).toContain('the reason');
  expect(all).not.toContain('logs/openshift-console/well');
  expect(all).not.toContain('logs/openshift-console/done');
  fake.api.appendLog('openshift-console', 'broken', '-'.repeat(3_000_000));
  const { 'must-gather/logs/openshift-console/broken/server.log': log } = await readArchive(new Uint8Array(await (await cluster.collectLogs(true, signal)).arrayBuffer()));
  expect(log?.length).toBe(1024 * 1024);
  fake.api.setAway(true);
  expect(await read(true)).toContain('nodes.json: no answer');
});

it('adds what the vendor\'s program finds to the state of the cluster, which that reaches where this controller does', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kubernetes-cluster-'));
  const oc = createRecordingProgram('oc', { files: { 'must-gather.local.1/version': '4.8' }, exitCode: 1, stderr: 'not all of it\n' });
  try {
    let kubeconfig = '';
    const gathering = { run: (call: ProgramCall) => ((kubeconfig = readFileSync(join(folder, 'work', 'kubeconfig'), 'utf8')), runProgram(call)), program: oc.path, path: '/usr/bin:/bin', images: '', folder: join(folder, 'work') };
    const config = new KubeConfig();
    config.loadFromString(fake.kubeconfig);
    const files: Record<string, Buffer> = {};
    const send = async (archive: Blob) => void Object.assign(files, await readArchive(new Uint8Array(await archive.arrayBuffer())));
    const gathers = createKubernetesCluster({ config, isOutside: true, readLog: () => 'what the controller said\n', gathering });
    await gathers.mustGather?.({ cluster: true, operators: [] }, () => Promise.resolve(fake.givenKubeconfig), send, signal);
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['assisted-installer-controller.log', 'must-gather/nodes.json', 'must-gather.txt', 'must-gather.tar.gz']));
    expect(files['must-gather.txt']?.toString()).toBe('oc adm must-gather ended with code 1: not all of it\n');
    expect((await readArchive(files['must-gather.tar.gz'] ?? Buffer.alloc(0)))['must-gather.local.1/version']?.toString()).toBe('4.8');
    expect([kubeconfig.includes(fake.url), /tls-server-name"?: ?"?api\.new\.example\.com/.test(kubeconfig)]).toEqual([true, true]);
    expect(cluster.mustGather).toBeUndefined();
  } finally {
    oc.remove();
    rmSync(folder, { recursive: true, force: true });
  }
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
