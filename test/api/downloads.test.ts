import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clusters, monitoredOperators } from '../../src/db/schema/clusters';
import { hosts } from '../../src/db/schema/hosts';
import type { ClusterStatus } from '../../src/domain/cluster/status';
import { findViolations } from '../sim/contract-schema';
import { startTestApi, type TestApi } from './test-api';

const hostId = 'bbf2dead-3746-54cb-b32a-917afd236656';
let api: TestApi;
let id: string;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  const body = { name: 'files', base_dns_domain: 'example.com', openshift_version: '4.8', pull_secret: api.pullSecrets.user };
  id = String((await api.as.user.post('/clusters', body)).json['id']);
});

const be = (status: ClusterStatus) => api.db.update(clusters).set({ status }).where(eq(clusters.id, id));
const put = (name: string, content: string) => api.store.putObject({ bucket: 'private', key: `${id}/${name}` }, content);
const messages = async () => (await api.as.user.get(`/clusters/${id}/events`)).list.map((event) => String(event['message']));

describe('the discovery image', () => {
  it('is made, described, linked and downloaded, whole or in parts', async () => {
    const made = await api.as.user.post(`/clusters/${id}/downloads/image`, { ssh_public_key: '', image_type: 'full-iso' });
    expect([made.status, findViolations('cluster', made.json)]).toEqual([201, []]);
    const info = made.json['image_info'] as Record<string, string>;
    expect(info).toMatchObject({ size_bytes: 100, type: 'full-iso' });
    expect(info['download_url']).toMatch(new RegExp(`^http://service\\.example:8090/api/assisted-install/v1/clusters/${id}/downloads/image\\?api_key=`));

    const path = `/clusters/${id}/downloads/image`;
    const whole = await api.as.user.get(path);
    expect([whole.status, whole.headers.get('Content-Length'), whole.headers.get('Content-Disposition'), whole.text.length])
      .toEqual([200, '100', `attachment; filename="cluster-${id}-discovery.iso"`, 100]);
    const head = await api.as.readOnlyAdmin.send('HEAD', path);
    expect([head.status, head.headers.get('Content-Length'), head.headers.get('Accept-Ranges'), head.text]).toEqual([200, '100', 'bytes', '']);
    expect(head.headers.get('ETag')).toBe(whole.headers.get('ETag'));

    const part = await api.as.user.get(path, { Range: 'bytes=2-10' });
    expect([part.status, part.text, part.headers.get('Content-Range'), part.headers.get('Content-Length')]).toEqual([206, 'discovery', 'bytes 2-10/100', '9']);
    const outside = await api.as.user.get(path, { Range: 'bytes=500-' });
    expect([outside.status, outside.headers.get('Content-Range'), findViolations('error', outside.json)]).toEqual([416, 'bytes */100', []]);
    expect((await api.as.user.get(path, { Range: 'bytes=0-1,4-5' })).status).toBe(200);
    expect((await api.as.user.get(path, { Range: 'bytes=0-1', 'If-Range': '"another"' })).status).toBe(200);
    expect((await api.as.user.get(path, { Range: 'bytes=0-1', 'If-Range': whole.headers.get('ETag') ?? '' })).status).toBe(206);

    const link = (info['download_url'] ?? '').replace(/^.*\/v1/, '');
    expect((await api.as.nobody.get(link)).text).toBe(whole.text);
    expect((await api.as.nobody.send('HEAD', link)).status).toBe(200);
    expect((await messages()).filter((message) => message.includes('downloaded the discovery image'))).toHaveLength(4);
  });

  it('has a short address without a query, until it expires or is gone', async () => {
    const path = `/clusters/${id}/downloads/image`;
    const made = await api.as.user.post(path, {});
    const link = made.headers.get('Link') ?? '';
    expect(link).toMatch(/^<http:\/\/service\.example:8090\/images\/[\w-]{48}\.iso>; rel="alternate"; type="application\/x-iso9660-image"$/);
    expect((await api.as.user.send('HEAD', path)).headers.get('Link')).toBe(link);
    const short = new URL(/<(.*)>/.exec(link)?.[1] ?? '').pathname;
    const fetchShort = (method = 'GET', headers = {}, at = short) => api.app.request(at, { method, headers });
    const whole = await fetchShort();
    expect([whole.status, whole.headers.get('Content-Length'), (await whole.text()).length]).toEqual([200, '100', 100]);
    expect(whole.headers.get('Link')).toBeNull();
    const head = await fetchShort('HEAD');
    expect([head.status, head.headers.get('Content-Length'), head.headers.get('ETag'), await head.text()]).toEqual([200, '100', whole.headers.get('ETag'), '']);
    const part = await fetchShort('GET', { Range: 'bytes=2-10' });
    expect([part.status, await part.text(), part.headers.get('Content-Range')]).toEqual([206, 'discovery', 'bytes 2-10/100']);
    expect((await fetchShort('POST')).status).toBe(405);

    const [, token = ''] = /images\/(.*)\.iso/.exec(short) ?? [];
    const tampered = `/images/${token.startsWith('A') ? 'B' : 'A'}${token.slice(1)}.iso`;
    for (const other of [tampered, `/images/${token}`, '/images/x.iso']) expect((await fetchShort('GET', {}, other)).status).toBe(404);
    const expired = await fetchShort('GET', {}, `/images/${api.imageLinkSigner.sign(id, new Date(Date.now() - 1_000))}.iso`);
    expect([expired.status, await expired.text()]).toEqual([410, expect.stringContaining(`POST /clusters/${id}/downloads/image`)]);
    await api.store.deleteObject({ bucket: 'private', key: `discovery-image-${id}.iso` });
    const gone = await fetchShort();
    expect([gone.status, await gone.text()]).toEqual([410, expect.stringContaining(`POST /clusters/${id}/downloads/image`)]);
    const goneHead = await fetchShort('HEAD');
    expect([goneHead.status, await goneHead.text()]).toEqual([410, '']);
  });

  it('is not there before it was made, and not twice in ten seconds', async () => {
    const path = `/clusters/${id}/downloads/image`;
    const absent = await api.as.user.get(path);
    expect([absent.status, findViolations('error', absent.json), absent.text]).toEqual([404, [], expect.stringContaining(`Generate one by POST /clusters/${id}/downloads/image`)]);
    const head = await api.as.user.send('HEAD', path);
    expect([head.status, head.text]).toEqual([404, '']);
    expect((await api.as.user.post(path, {})).status).toBe(201);
    expect((await api.as.user.post(path, {})).status).toBe(409);
    await api.store.deleteObject({ bucket: 'private', key: `discovery-image-${id}.iso` });
    expect((await api.as.user.get(path)).status).toBe(404);
    expect(await messages()).toContainEqual(expect.stringContaining('could not be downloaded'));
  });
});

describe('files of an installation', () => {
  it('come in the statuses that have them', async () => {
    await put('bootstrap.ign', '{}');
    const path = `/clusters/${id}/downloads/files?file_name=bootstrap.ign`;
    const early = await api.as.agent.get(path);
    expect([early.status, findViolations('error', early.json)]).toEqual([409, []]);
    for (const status of ['preparing-for-installation', 'installing-pending-user-action'] as const) {
      await be(status);
      expect((await api.as.agent.get(path)).status).toBe(409);
    }
    await be('installing');
    const answer = await api.as.agent.get(path);
    expect([answer.status, answer.text, answer.headers.get('Content-Disposition')]).toEqual([200, '{}', 'attachment; filename="bootstrap.ign"']);
    expect((await api.as.agent.get(`/clusters/${id}/downloads/files?file_name=custom_manifests.yaml`)).status).toBe(404);
    expect((await api.as.agent.get(`/clusters/${id}/downloads/files?file_name=../secret`)).json).toMatchObject({ code: 606 });
  });

  it('are noted when somebody fetches what opens the cluster; a machine that repeats itself once', async () => {
    await put('kubeconfig', 'apiVersion: v1');
    await be('installing');
    expect((await api.as.user.get(`/clusters/${id}/downloads/kubeconfig`)).status).toBe(409);
    await be('finalizing');
    expect((await api.as.user.get(`/clusters/${id}/downloads/kubeconfig`)).text).toBe('apiVersion: v1');
    expect((await api.as.admin.get(`/clusters/${id}/downloads/files?file_name=kubeconfig`)).status).toBe(200);
    for (const _time of [1, 2]) expect((await api.as.agent.get(`/clusters/${id}/downloads/files?file_name=kubeconfig`)).status).toBe(200);
    expect((await messages()).filter((message) => message.includes('downloaded kubeconfig')))
      .toEqual(['User user downloaded kubeconfig', 'User admin downloaded kubeconfig', 'A machine of the cluster downloaded kubeconfig']);
  });

  it('without a kubeconfig are a conflict', async () => {
    await be('installed');
    expect((await api.as.user.get(`/clusters/${id}/downloads/kubeconfig`)).status).toBe(409);
  });

  it('hold the ignition of each host', async () => {
    const path = `/clusters/${id}/hosts/${hostId}/downloads/ignition`;
    expect((await api.as.agent.get(path)).status).toBe(404);
    await api.as.agent.post(`/clusters/${id}/hosts`, { host_id: hostId });
    expect((await api.as.agent.get(path)).status).toBe(409);
    await be('installing');
    await api.db.update(hosts).set({ role: 'master' }).where(eq(hosts.clusterId, id));
    expect((await api.as.agent.get(path)).status).toBe(404);
    await put(`master-${hostId}.ign`, '{"ignition":{}}');
    expect((await api.as.agent.get(path)).text).toBe('{"ignition":{}}');
  });

  it('are away with the storage, while the rest goes on', async () => {
    await be('installed');
    const { services } = api;
    const store = services.store;
    const gone = await import('../../src/store/create-store');
    services.store = gone.createStore({ endpoint: 'http://127.0.0.1:1', region: 'us-east-1', accessKeyId: 'a', secretAccessKey: 'b', privateBucket: 'x', publicBucket: 'y' });
    try {
      const answer = await api.as.user.get(`/clusters/${id}/downloads/kubeconfig`);
      expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '5']);
      expect((await api.as.user.get(`/clusters/${id}`)).status).toBe(200);
    } finally {
      services.store.close();
      services.store = store;
    }
  });
});

describe('the credentials', () => {
  it('are shown once the console answers', async () => {
    await put('kubeadmin-password', 'secret-password');
    await be('finalizing');
    const path = `/clusters/${id}/credentials`;
    const early = await api.as.user.get(path);
    expect([early.status, findViolations('error', early.json)]).toEqual([409, []]);
    await api.db.update(monitoredOperators).set({ status: 'available' }).where(eq(monitoredOperators.clusterId, id));
    const answer = await api.as.user.get(path);
    expect([answer.status, answer.json]).toEqual([200, {
      username: 'kubeadmin', password: 'secret-password', console_url: 'https://console-openshift-console.apps.files.example.com',
    }]);
    expect(await messages()).toContainEqual('User user downloaded the kubeadmin password');
    await api.store.deleteObject({ bucket: 'private', key: `${id}/kubeadmin-password` });
    expect((await api.as.user.get(path)).status).toBe(404);
  });
});
