import { eq } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { clusters } from '../../src/db/schema/clusters';
import { findViolations } from '../sim/contract-schema';
import { startTestApi, type TestApi } from './test-api';

let api: TestApi;
let id: string;
let path: string;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());
beforeEach(async () => {
  const body = { name: 'manifested', base_dns_domain: 'example.com', openshift_version: '4.8', pull_secret: api.pullSecrets.user };
  id = String((await api.as.user.post('/clusters', body)).json['id']);
  path = `/clusters/${id}/manifests`;
});

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const manifest = (file_name: string, text: string, folder?: string) => ({ file_name, content: base64(text), ...(folder && { folder }) });

describe('manifests', () => {
  it('are kept, listed, replaced, given out and forgotten', async () => {
    const created = await api.as.user.post(path, manifest('99-a.yaml', 'kind: First'));
    expect([created.status, created.json]).toEqual([201, { folder: 'manifests', file_name: '99-a.yaml' }]);
    await api.as.user.post(path, manifest('99-a.yaml', 'kind: Second\n---\nkind: Third'));
    expect((await api.as.user.post(path, manifest('b.json', '{"kind": "Machine"}', 'openshift'))).status).toBe(201);
    const list = await api.as.readOnlyAdmin.get(path);
    expect([list.status, list.json]).toEqual([200, [{ folder: 'manifests', file_name: '99-a.yaml' }, { folder: 'openshift', file_name: 'b.json' }]]);
    const file = await api.as.user.get(`${path}/files?file_name=99-a.yaml`);
    expect([file.status, file.text, file.headers.get('Content-Disposition')]).toEqual([200, 'kind: Second\n---\nkind: Third', 'attachment; filename="99-a.yaml"']);
    expect((await api.as.user.get(`${path}/files?folder=openshift&file_name=b.json`)).text).toBe('{"kind": "Machine"}');

    const deleted = await api.as.user.delete(`${path}?file_name=99-a.yaml`);
    expect([deleted.status, deleted.text]).toEqual([200, '']);
    expect((await api.as.user.delete(`${path}?file_name=99-a.yaml`)).status).toBe(200);
    const missing = await api.as.user.get(`${path}/files?file_name=99-a.yaml`);
    expect([missing.status, findViolations('error', missing.json)]).toEqual([404, []]);
  });

  it('lie where the preparation of an installation looks for them', async () => {
    await api.as.user.post(path, manifest('99-a.yaml', 'kind: First', 'openshift'));
    expect((await api.store.readObject({ bucket: 'private', key: `${id}/manifests/openshift/99-a.yaml` })).toString()).toBe('kind: First');
  });

  it.each([
    ['a name with a folder', { file_name: 'a/b.yaml', content: '' }, 422],
    ['a name of another kind', { file_name: 'a.txt', content: '' }, 422],
    ['a folder that is none', { ...manifest('a.yaml', 'a: 1'), folder: 'etc' }, 422],
    ['no content', { file_name: 'a.yaml' }, 422],
    ['content that is no base64', { file_name: 'a.yaml', content: '%%' }, 400],
    ['content that is no text', { file_name: 'a.yaml', content: Buffer.from([0xff, 0xfe]).toString('base64') }, 400],
    ['nothing in it', manifest('a.yaml', ' \n'), 400],
    ['YAML that is none', manifest('a.yaml', 'a: [1'), 400],
    ['YAML that grows without end', manifest('a.yml', `a: &a [x,x,x,x,x,x,x,x,x,x]\n${[...'bcdefghi'].map((name, index) => `${name}: &${name} [${`*${'abcdefgh'[index]},`.repeat(10)}]`).join('\n')}`), 400],
    ['JSON that is none', manifest('a.json', '{'), 400],
    ['a name that breaks headers', manifest('a"\n.yaml', 'a: 1'), 400],
  ])('are refused with %s', async (_what, body, status) => {
    const answer = await api.as.user.post(path, body);
    expect(answer.status).toBe(status);
    if (status === 400) expect(findViolations('error', answer.json)).toEqual([]);
    expect((await api.as.user.get(path)).json).toEqual([]);
  });

  it('belong to clusters that are there, and stay once an installation began', async () => {
    expect((await api.as.admin.get(`/clusters/${randomUUID()}/manifests`)).status).toBe(404);
    expect((await api.as.admin.post(`/clusters/${randomUUID()}/manifests`, manifest('a.yaml', 'a: 1'))).status).toBe(404);
    await api.as.user.post(path, manifest('a.yaml', 'a: 1'));
    await api.db.update(clusters).set({ status: 'installing' }).where(eq(clusters.id, id));
    const answer = await api.as.user.delete(`${path}?file_name=a.yaml`);
    expect([answer.status, findViolations('error', answer.json)]).toEqual([409, []]);
    expect((await api.as.user.post(path, manifest('b.yaml', 'a: 1'))).status).toBe(201);
    expect((await api.as.user.get(path)).list).toHaveLength(2);
  });
});

describe('presigned addresses', () => {
  const presign = async (query: string) => api.as.user.get(`/clusters/${id}/downloads/files-presigned?${query}`);
  const follow = async (url: unknown) => {
    const { host, pathname, search } = new URL(String(url));
    return { host, answer: await api.as.nobody.get(`${pathname.replace('/api/assisted-install/v1', '')}${search}`) };
  };

  it('let their bearer download one file', async () => {
    await api.store.putObject({ bucket: 'private', key: `${id}/kubeconfig` }, 'apiVersion: v1');
    const early = await presign('file_name=kubeconfig');
    expect([early.status, findViolations('error', early.json)]).toEqual([409, []]);
    await api.db.update(clusters).set({ status: 'installed' }).where(eq(clusters.id, id));
    const signed = await presign('file_name=kubeconfig');
    expect([signed.status, findViolations('presigned', signed.json)]).toEqual([200, []]);
    const { host, answer } = await follow(signed.json['url']);
    expect([host, answer.status, answer.text]).toEqual(['service.example:8090', 200, 'apiVersion: v1']);
    expect((await follow(String(signed.json['url']).replace('file_name=kubeconfig', 'file_name=master.ign'))).answer.status).toBe(401);
    const events = (await api.as.user.get(`/clusters/${id}/events`)).list.map((event) => event['message']);
    expect(events.filter((message) => String(message).endsWith('downloaded kubeconfig'))).toEqual(['The bearer of a signed address downloaded kubeconfig']);
  });

  it('lead to manifests and logs too', async () => {
    await api.as.user.post(path, manifest('99 a.yaml', 'kind: First', 'openshift'));
    const { answer } = await follow((await presign(`file_name=manifests&additional_name=${encodeURIComponent('openshift/99 a.yaml')}`)).json['url']);
    expect([answer.status, answer.text]).toEqual([200, 'kind: First']);
    expect((await presign('file_name=logs')).status).toBe(409);
    await api.store.putObject({ bucket: 'private', key: `${id}/logs/controller/logs.tar.gz` }, 'logs');
    expect((await follow((await presign('file_name=logs&logs_type=controller')).json['url'])).answer.text).toBe('logs');
    expect((await follow((await presign('file_name=logs')).json['url'])).answer.headers.get('Content-Disposition')).toBe(`attachment; filename="manifested_${id}.tar"`);
    expect((await presign(`file_name=logs&host_id=${randomUUID()}`)).status).toBe(404);
  });

  it('are not given for what is not there or not named', async () => {
    expect((await presign('file_name=manifests')).status).toBe(400);
    expect((await presign('file_name=manifests&additional_name=etc/passwd')).status).toBe(400);
    expect((await presign('file_name=manifests&additional_name=openshift/a.yaml')).status).toBe(404);
    expect((await presign('file_name=logs&logs_type=host')).status).toBe(400);
    expect((await presign('file_name=everything')).status).toBe(422);
    await api.db.update(clusters).set({ status: 'installed' }).where(eq(clusters.id, id));
    expect((await presign('file_name=bootstrap.ign')).status).toBe(404);
  });
});
