import { afterAll, beforeAll, expect, it } from 'vitest';
import { joinCluster } from '../../../src/live/kubelet/join-cluster';
import { readKubeconfig } from '../../../src/live/kubelet/kubeconfig';
import { createKubernetesApi, type KubernetesApi } from '../../../src/live/kubelet/kubernetes-api';
import { startFakeKubernetes } from '../../support/fake-kubernetes/start-fake-kubernetes';

let served: Awaited<ReturnType<typeof startFakeKubernetes>>;
let api: KubernetesApi;

beforeAll(async () => {
  served = await startFakeKubernetes();
  api = createKubernetesApi(readKubeconfig(served.kubeconfig));
});
afterAll(() => served.api.close());

const requestsIn = () => served.api.list('certificates.k8s.io/v1', 'CertificateSigningRequest');
const isReady = (): boolean => JSON.stringify(served.api.find('v1', 'Node', 'master-0')?.['status'] ?? '').includes('"True"');

/** The controller's part. */
function approveAll(): void {
  for (const request of requestsIn()) served.api.put({ ...request, status: { conditions: [{ type: 'Approved', status: 'True' }] } });
}

it('a machine is a node only when it has been admitted, and ready only when its server has', async () => {
  const said: string[] = [];
  const looks: { nodes: number; ready: boolean }[] = [];
  const awaitNextLook = async (): Promise<void> => {
    looks.push({ nodes: served.api.list('v1', 'Node').length, ready: isReady() });
    approveAll();
  };
  await joinCluster(api, { name: 'master-0', address: '10.0.2.15', awaitNextLook, say: (line) => said.push(line) });
  expect(looks).toEqual([{ nodes: 0, ready: false }, { nodes: 1, ready: false }]);
  expect(isReady()).toBe(true);
  expect(said.at(-1)).toBe('node master-0 is ready');
  expect(requestsIn().map(({ spec }) => (spec as { signerName: string }).signerName)).toEqual(['kubernetes.io/kube-apiserver-client-kubelet', 'kubernetes.io/kubelet-serving']);
});

it('after a restart it is the same node', async () => {
  const before = served.api.find('v1', 'Node', 'master-0')?.metadata.uid;
  await joinCluster(api, { name: 'master-0', address: '10.0.2.15', awaitNextLook: async () => approveAll(), say: () => undefined });
  expect(served.api.find('v1', 'Node', 'master-0')?.metadata.uid).toBe(before);
});

it('rejects with what the API server says', async () => {
  await expect(api.merge('/api/v1/nodes/absent', {})).rejects.toThrow('PATCH /api/v1/nodes/absent: 404');
  await expect(api.create('/api/v1/nodes', { apiVersion: 'v1', kind: 'Pod' })).rejects.toThrow(/POST \/api\/v1\/nodes: 400 the body is/);
});

it('a kubeconfig without a user is refused', () => {
  expect(() => readKubeconfig('{"clusters": [], "users": []}')).toThrow();
});
