import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operations } from '../../src/api/operations';
import { findViolations } from '../sim/contract-schema';
import { startTestApi, type TestApi } from './test-api';

type Caller = keyof TestApi['as'];

let api: TestApi;
let clusterId: string;
beforeAll(async () => {
  api = await startTestApi();
  const answer = await api.as.user.post('/clusters', { name: 'secured', openshift_version: '4.8', pull_secret: api.pullSecrets.user });
  clusterId = String(answer.json['id']);
});
afterAll(() => api.close());

/** What a caller must meet at the door of an operation; `in` = let in, whatever comes then. */
const expectations: Record<string, Record<Exclude<Caller, 'user' | 'admin' | 'colleague' | 'colleagueAgent'>, number | 'in'>> = {
  'user writes': { nobody: 401, other: 404, readOnlyAdmin: 403, agent: 401, otherAgent: 401 },
  'user writes, no cluster': { nobody: 401, other: 'in', readOnlyAdmin: 403, agent: 401, otherAgent: 401 },
  'user reads': { nobody: 401, other: 404, readOnlyAdmin: 'in', agent: 401, otherAgent: 401 },
  'user reads, no cluster': { nobody: 401, other: 'in', readOnlyAdmin: 'in', agent: 401, otherAgent: 401 },
  'user and agent': { nobody: 401, other: 404, readOnlyAdmin: 'in', agent: 'in', otherAgent: 404 },
  agent: { nobody: 401, other: 401, readOnlyAdmin: 401, agent: 'in', otherAgent: 404 },
};

const kinds: Record<string, string> = {
  RegisterCluster: 'user writes, no cluster', ListClusters: 'user reads, no cluster', GetCluster: 'user and agent', UpdateCluster: 'user writes',
  DeregisterCluster: 'user writes', GenerateClusterISO: 'user writes', DownloadClusterISO: 'user reads', DownloadClusterISOHeaders: 'user reads',
  InstallCluster: 'user writes', CancelInstallation: 'user writes', ResetCluster: 'user writes', DownloadClusterKubeconfig: 'user reads',
  DownloadClusterFiles: 'user and agent', GetCredentials: 'user reads', ListEvents: 'user reads', RegisterHost: 'agent', ListHosts: 'user and agent',
  DeregisterHost: 'user writes', EnableHost: 'user writes', DisableHost: 'user writes', UpdateHostInstallerArgs: 'user writes', ResetHostValidation: 'user writes',
  InstallHosts: 'user writes', InstallHost: 'user writes', ResetHost: 'user writes', RegisterAddHostsCluster: 'user writes, no cluster', GetFreeAddresses: 'user reads',
  GetHost: 'user reads', GetNextSteps: 'agent', PostStepReply: 'agent', UpdateHostInstallProgress: 'agent', DownloadHostIgnition: 'user and agent',
  UploadClusterIngressCert: 'agent', ListOfClusterOperators: 'agent', ReportMonitoredOperatorStatus: 'agent', CompleteInstallation: 'agent',
  UpdateHostLogsProgress: 'agent', UpdateClusterLogsProgress: 'agent', UploadHostLogs: 'agent', UploadLogs: 'agent', DownloadHostLogs: 'user reads',
  DownloadClusterLogs: 'user reads', GetPresignedForClusterFiles: 'user reads', GetClusterInstallConfig: 'user reads', UpdateClusterInstallConfig: 'user writes',
  GetDiscoveryIgnition: 'user reads', UpdateDiscoveryIgnition: 'user writes', GetHostIgnition: 'user writes', UpdateHostIgnition: 'user writes',
  ListClusterManifests: 'user reads', DownloadClusterManifest: 'user reads',
  CreateClusterManifest: 'user writes', DeleteClusterManifest: 'user writes',
  ListSupportedOpenshiftVersions: 'user reads, no cluster', ListComponentVersions: 'user reads, no cluster',
  GetClusterDefaultConfig: 'user reads, no cluster', GetClusterHostRequirements: 'user reads', GetPreflightRequirements: 'user reads',
  GetHostRequirements: 'user reads, no cluster', ListManagedDomains: 'user reads, no cluster', ListSupportedOperators: 'user writes, no cluster',
  ListOperatorProperties: 'user reads, no cluster', CreateISOAndUploadToS3: 'user writes, no cluster', DownloadISO: 'user reads, no cluster',
  GetPresignedForAssistedServiceISO: 'user reads, no cluster',
};

describe('every operation', () => {
  it('is in the table', () => {
    expect(operations.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(kinds).sort());
  });

  it.each(operations.map((operation) => [operation.operationId, operation] as const))('%s lets in whom it should', async (operationId, { method, path }) => {
    const target = path.replace('{cluster_id}', clusterId).replace('{host_id}', randomUUID());
    const body = ['post', 'put', 'patch'].includes(method) ? 'not json' : undefined;
    for (const [caller, expected] of Object.entries(expectations[kinds[operationId] ?? ''] ?? {})) {
      const { status, json } = await api.as[caller as Caller].send(method.toUpperCase(), target, body);
      if (expected === 'in') expect([caller, [401, 403].includes(status)]).toEqual([caller, false]);
      else expect([caller, status]).toEqual([caller, expected]);
      if (method !== 'head' && expected !== 'in') expect(findViolations(expected === 404 ? 'error' : 'infra_error', json)).toEqual([]);
    }
  });
});

describe('signed addresses', () => {
  const expiresAt = () => new Date(Date.now() + 60_000);

  it('permit one file of one cluster', async () => {
    const token = await api.signer.sign({ method: 'GET', clusterId, file: 'events', expiresAt: expiresAt() });
    const events = await api.as.nobody.get(`/clusters/${clusterId}/events?api_key=${token}`);
    expect([events.status, findViolations('event-list', events.list)]).toEqual([200, []]);
    expect((await api.as.nobody.get(`/clusters/${clusterId}/downloads/kubeconfig?api_key=${token}`)).status).toBe(401);
    expect((await api.as.nobody.get(`/clusters/${randomUUID()}/events?api_key=${token}`)).status).toBe(401);
    expect((await api.as.nobody.get(`/clusters/${clusterId}?api_key=${token}`)).status).toBe(401);
  });

  it('end', async () => {
    const token = await api.signer.sign({ method: 'GET', clusterId, file: 'events', expiresAt: new Date(Date.now() - 5_000) });
    expect((await api.as.nobody.get(`/clusters/${clusterId}/events?api_key=${token}`)).status).toBe(401);
  });

  it('are not needed by whoever has a better credential', async () => {
    expect((await api.as.user.get(`/clusters/${clusterId}/events?api_key=garbage`)).status).toBe(200);
  });
});

describe('credentials', () => {
  it('that are bad are told apart from none', async () => {
    const bad = await api.as.nobody.get('/clusters', { Authorization: 'Bearer a.b.c' });
    expect([bad.status, bad.json]).toEqual([401, { code: 401, message: 'the token is not valid' }]);
    expect((await api.as.nobody.get(`/clusters/${clusterId}/hosts`, { 'X-Secret-Key': 'wrong' })).status).toBe(401);
  });

  it('are tried one after the other', async () => {
    expect((await api.as.user.get(`/clusters/${clusterId}`, { 'X-Secret-Key': 'wrong' })).status).toBe(200);
    expect((await api.as.agent.get(`/clusters/${clusterId}`, { Authorization: 'Bearer a.b.c' })).status).toBe(200);
  });
});
