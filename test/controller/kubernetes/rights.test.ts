import { KubeConfig } from '@kubernetes/client-node';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { KnownHost } from '../../../src/agent/protocol/controller/known-host';
import { createKubernetesCluster } from '../../../src/controller/kubernetes/kubernetes-cluster';
import { findTarget } from '../../support/fake-kubernetes/find-target';
import { bornKinds } from '../../support/fake-kubernetes/kinds';
import type { StoredObject } from '../../support/fake-kubernetes/object-store';
import { makeRequest } from '../../../src/live/kubelet/make-request';
import { startFakeKubernetes } from '../../support/fake-kubernetes/start-fake-kubernetes';

interface Manifest {
  kind: string;
  subjects?: unknown[];
  metadata: { name: string; namespace?: string };
  rules?: { apiGroups: string[]; resources: string[]; resourceNames?: string[]; verbs: string[] }[];
}

const manifests = parseAllDocuments(readFileSync('deploy/controller/controller.yaml', 'utf8')).map((document) => document.toJS() as Manifest);

/** `namespace: verb group/resource`; the namespace is empty for rights everywhere. */
const granted = manifests.filter(({ kind }) => kind === 'ClusterRole' || kind === 'Role').flatMap(({ kind, metadata, rules = [] }) =>
  rules.flatMap(({ apiGroups, resources, verbs }) => apiGroups.flatMap((group) => resources.flatMap((resource) => verbs.map((verb) => `${kind === 'Role' ? metadata.namespace : ''}: ${verb} ${group}/${resource}`)))));

const verbs: Readonly<Record<string, string>> = { PUT: 'update', PATCH: 'patch', DELETE: 'delete', POST: 'create' };

/** What a request needs, everywhere and in its namespace; undefined for the lists of kinds, which are everybody's. */
function rightsOf(request: string): string[] | undefined {
  const [method = '', path = ''] = request.split(' ');
  const target = findTarget(path, bornKinds);
  if (!target) throw new Error(`${request} names nothing that is served`);
  if (target.kind === 'discovery') return undefined;
  const { of, name, namespace, subresource } = target;
  const group = of.apiVersion.includes('/') ? of.apiVersion.split('/')[0] : '';
  const right = `${verbs[method] ?? (name === undefined ? 'list' : 'get')} ${group}/${of.plural}${subresource === undefined ? '' : `/${subresource}`}`;
  return [`: ${right}`, ...(namespace === undefined ? [] : [`${namespace}: ${right}`])];
}

describe('the rights of the controller', () => {
  let fake: Awaited<ReturnType<typeof startFakeKubernetes>>;
  beforeAll(async () => {
    fake = await startFakeKubernetes();
    const namespace = 'openshift-machine-config-operator';
    const { api } = fake;
    api.put({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'mcs', namespace, labels: { 'k8s-app': 'machine-config-server' } }, status: { phase: 'Running', containerStatuses: [{ name: 'server', ready: false, restartCount: 1 }] } });
    api.put({ apiVersion: 'operator.openshift.io/v1', kind: 'Etcd', metadata: { name: 'cluster' } });
    api.put({ apiVersion: 'config.openshift.io/v1', kind: 'Network', metadata: { name: 'cluster' }, status: { serviceNetwork: ['172.30.0.0/16'] } });
    api.put({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'early', namespace: 'other' }, spec: { clusterIP: '172.30.0.10' } });
    api.put({ apiVersion: 'metal3.io/v1alpha1', kind: 'BareMetalHost', metadata: { name: 'openshift-master-0', namespace: 'openshift-machine-api', annotations: { 'baremetalhost.metal3.io/status': '{}' } } as StoredObject['metadata'] });
    api.put({ apiVersion: 'operators.coreos.com/v1alpha1', kind: 'Subscription', metadata: { name: 'local', namespace: 'storage' }, status: { installedCSV: 'lso' } });
    api.put({ apiVersion: 'certificates.k8s.io/v1', kind: 'CertificateSigningRequest', metadata: { name: 'csr' }, spec: {
      request: Buffer.from(await makeRequest({ commonName: 'system:node:node-1' })).toString('base64'), signerName: 'kubernetes.io/kube-apiserver-client-kubelet',
      username: 'system:serviceaccount:openshift-machine-config-operator:node-bootstrapper', usages: ['client auth', 'digital signature'],
    } });
    const config = new KubeConfig();
    config.loadFromString(fake.kubeconfig);
    const cluster = createKubernetesCluster({ config, isOutside: true, readLog: () => '' });
    const hosts: KnownHost[] = [{ id: 'h', name: 'node-1', addresses: [], status: 'installing-in-progress', stage: 'Rebooting' }];
    const { signal } = new AbortController();
    await cluster.listNodes(signal);
    await cluster.readIgnitionLogs(signal);
    expect(await cluster.approveCertificates(hosts, [], signal)).toHaveLength(1);
    await cluster.findOperator('console', signal);
    await cluster.findClusterVersion(signal);
    await cluster.findOlmOperator({ name: 'lso', namespace: 'storage', subscriptionName: 'local' }, signal);
    await cluster.findIngressCa(signal);
    await cluster.restoreEtcdQuorum(signal);
    expect(await cluster.settleBareMetalHosts(signal)).toEqual(['openshift-master-0']);
    expect(await cluster.freeDnsAddress(() => undefined, signal)).toBe(false);
    await cluster.collectLogs(true, signal);
  });
  afterAll(() => fake.api.close());

  it('cover every request it makes', () => {
    expect([...new Set(fake.api.requests)].filter((request) => !(rightsOf(request)?.some((right) => granted.includes(right)) ?? true))).toEqual([]);
  });

  it('are no more than it uses', () => {
    const used = new Set(fake.api.requests.flatMap((request) => rightsOf(request) ?? []));
    // Neither shows in a request of its own: the API server asks for the one beside an approval, for the other when the pod is made.
    expect(granted.filter((right) => !used.has(right))).toEqual([': approve certificates.k8s.io/signers', ': use security.openshift.io/securitycontextconstraints']);
  });

  it('are for two signers, one configmap and one security context by name, and bound to its account alone', () => {
    const named = manifests.flatMap(({ rules = [] }) => rules.flatMap(({ resourceNames = [] }) => resourceNames));
    expect(named).toEqual(['kubernetes.io/kube-apiserver-client-kubelet', 'kubernetes.io/kubelet-serving', 'hostnetwork', 'default-ingress-cert']);
    const subjects = manifests.flatMap(({ subjects: bound = [] }) => bound);
    expect(subjects).toEqual(Array.from({ length: 2 }, () => ({ kind: 'ServiceAccount', name: 'assisted-installer-controller', namespace: 'assisted-installer' })));
    expect(granted.some((right) => right.includes('*') || right.includes('secrets'))).toBe(false);
  });
});
