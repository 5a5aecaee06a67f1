import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusters } from '../../src/db/schema/clusters';
import { infraEnvs } from '../../src/db/schema/infra-envs';
import { startTestApi, type TestApi } from './test-api';

let api: TestApi;
let id: string;
const hostId = randomUUID();
const files = ['bootstrap.ign', 'master.ign', 'worker.ign', 'kubeadmin-password', 'kubeconfig', 'kubeconfig-noingress', 'install-config.yaml', 'discovery.ign'];
beforeAll(async () => {
  api = await startTestApi();
  const body = { name: 'audited', base_dns_domain: 'example.com', openshift_version: '4.8', pull_secret: api.pullSecrets.user };
  id = String((await api.as.user.post('/clusters', body)).json['id']);
  await api.as.agent.post(`/clusters/${id}/hosts`, { host_id: hostId, discovery_agent_version: 'v1' });
  await Promise.all([...files, `auto-assign-${hostId}.ign`].map((name) => api.store.putObject({ bucket: 'private', key: `${id}/${name}` }, '{}')));
  await api.db.update(clusters).set({ status: 'finalizing' }).where(eq(clusters.id, id));
});
afterAll(() => api.close());

/** What the events say about the request; its own id makes it the only one. */
const audited = async (requestId: string): Promise<Record<string, unknown>[]> =>
  (await api.as.user.get(`/clusters/${id}/events`)).list
    .map((event) => JSON.parse(typeof event['props'] === 'string' ? event['props'] : '{}') as Record<string, unknown>)
    .filter((props) => props['request_id'] === requestId);

const direct: [string, string][] = [
  ...files.map((file): [string, string] => [`/downloads/files?file_name=${file}`, file]),
  ['/downloads/kubeconfig', 'kubeconfig'],
  [`/hosts/${hostId}/ignition`, `auto-assign-${hostId}.ign`],
  [`/hosts/${hostId}/downloads/ignition`, `auto-assign-${hostId}.ign`],
  ['/install-config', 'the install-config'],
  ['/discovery-ignition', 'the discovery ignition'],
];

describe('the download of a secret leaves a trace of who, what and how', () => {
  it.each(direct)('directly from %s', async (path, file) => {
    const requestId = randomUUID();
    expect((await api.as.user.get(`/clusters/${id}${path}`, { 'X-Request-ID': requestId })).status).toBe(200);
    expect(await audited(requestId)).toEqual([{ actor: 'user', kind: 'user', file, access: 'direct', request_id: requestId }]);
  });

  it.each(files.filter((file) => file !== 'discovery.ign'))('by the signed address of %s, and not before', async (file) => {
    const [asking, fetching] = [randomUUID(), randomUUID()];
    const link = await api.as.user.get(`/clusters/${id}/downloads/files-presigned?file_name=${file}`, { 'X-Request-ID': asking });
    const { pathname, search } = new URL(String(link.json['url']));
    expect((await api.as.nobody.get(`/${pathname}${search}`, { 'X-Request-ID': fetching })).status).toBe(200);
    expect(await audited(asking)).toEqual([]);
    expect(await audited(fetching)).toEqual([{ actor: '', kind: 'signed', file, access: 'signed', request_id: fetching }]);
  });

  it('by a machine of the cluster', async () => {
    const requestId = randomUUID();
    await api.as.agent.get(`/clusters/${id}/downloads/files?file_name=bootstrap.ign`, { 'X-Request-ID': requestId });
    expect(await audited(requestId)).toEqual([{ actor: 'user', kind: 'agent', file: 'bootstrap.ign', access: 'direct', request_id: requestId }]);
  });

  it('in pieces, also those at the beginning that firmware reads over and over, once an hour; of the whole each time; of a look never', async () => {
    await api.store.putObject({ bucket: 'private', key: `discovery-image-${id}.iso` }, 'the image of a machine');
    await api.db.update(infraEnvs).set({ imageGenerated: true, imageCreatedAt: new Date(), imageExpiresAt: new Date(Date.now() + 3_600_000) }).where(eq(infraEnvs.id, id));
    const fetched = async (range: string | undefined): Promise<number> => (await api.as.user.get(`/clusters/${id}/downloads/image`, range === undefined ? {} : { Range: range })).status;
    const recorded = async (file: string): Promise<number> => (await api.as.user.get(`/clusters/${id}/events`)).list.filter(({ props }) => typeof props === 'string' && props.includes(`"file":"${file}"`)).length;
    const hour = () => new Date().getUTCHours();
    const begun = hour();
    for (const range of ['bytes=0-3', 'bytes=0-3', 'bytes=0-15', 'bytes=1-', 'bytes=-4']) expect(await fetched(range)).toBe(206);
    expect(await recorded('the discovery image')).toBe(0);
    expect([1, 1 + Number(begun !== hour())]).toContain(await recorded('parts of the discovery image'));
    expect([await fetched('bytes=0-'), await fetched('bytes=0-21'), await fetched(undefined)]).toEqual([206, 206, 200]);
    expect((await api.as.user.send('HEAD', `/clusters/${id}/downloads/image`)).status).toBe(200);
    expect(await recorded('the discovery image')).toBe(3);
  });

  it('but not for what opens nothing, or was refused', async () => {
    const requestId = randomUUID();
    await api.store.putObject({ bucket: 'private', key: `${id}/metadata.json` }, '{}');
    expect((await api.as.user.get(`/clusters/${id}/downloads/files?file_name=metadata.json`, { 'X-Request-ID': requestId })).status).toBe(200);
    expect((await api.as.other.get(`/clusters/${id}/downloads/kubeconfig`, { 'X-Request-ID': requestId })).status).toBe(404);
    expect(await audited(requestId)).toEqual([]);
  });
});
