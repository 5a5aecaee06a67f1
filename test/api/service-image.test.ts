import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findViolations } from '../sim/contract-schema';
import { listAllKeys } from '../store/list-all-keys';
import { startTestApi, type TestApi } from './test-api';

const key = `ssh-ed25519 ${Buffer.concat([Buffer.from([0, 0, 0, 11]), Buffer.from('ssh-ed25519'), Buffer.from([0, 0, 0, 32]), Buffer.alloc(32, 7)]).toString('base64')} me`;
const path = '/assisted-service-iso';
let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.close());

const storedRequests = (): Promise<string[]> => listAllKeys(api.store, 'private', 'service-image-requests/');

describe('the service image of a user', () => {
  it('is not there before it is made', async () => {
    for (const what of ['data', 'presigned']) {
      const answer = await api.as.user.get(`${path}/${what}`);
      expect([answer.status, findViolations('error', answer.json)]).toEqual([404, []]);
    }
  });

  it('is made with his key and pull secret, and downloaded, in parts too', async () => {
    const created = await api.as.user.post(path, { openshift_version: '4.8', ssh_public_key: ` ${key}\n`, pull_secret: api.pullSecrets.user });
    expect([created.status, created.text]).toEqual([201, '']);
    const image = await api.as.user.get(`${path}/data`);
    expect([image.status, image.headers.get('Content-Disposition')]).toEqual([200, 'attachment; filename="assisted-service-iso-user.iso"']);
    expect(JSON.parse(image.text)).toEqual({ rhcosVersion: '48.84.202109241901-0', sshPublicKey: key, pullSecret: api.pullSecrets.user });
    const part = await api.as.user.get(`${path}/data`, { Range: 'bytes=0-8' });
    expect([part.status, part.text]).toEqual([206, image.text.slice(0, 9)]);
    expect(await storedRequests()).toEqual([]);
  });

  it('can be fetched from the file storage by whoever has the address', async () => {
    const { status, json } = await api.as.user.get(`${path}/presigned`);
    expect([status, findViolations('presigned', json)]).toEqual([200, []]);
    const url = String(json['url']);
    const fetched = await fetch(url);
    expect([fetched.status, fetched.headers.get('content-disposition')]).toEqual([200, 'attachment; filename="assisted-service-iso-user.iso"']);
    expect(await fetched.json()).toMatchObject({ sshPublicKey: key });
    expect((await fetch(url.replace('assisted-service-iso-user', 'assisted-service-iso-other'))).status).toBe(403);
  });

  it('leaves a line in the log of whoever gets it or its address, and of nobody who asks in vain', async () => {
    await api.as.user.post(path, { openshift_version: '4.8', ssh_public_key: key, pull_secret: api.pullSecrets.user });
    const info = vi.spyOn(api.services.log, 'info');
    const [direct, signed] = [randomUUID(), randomUUID()];
    await api.as.user.get(`${path}/data`, { 'X-Request-ID': direct });
    await api.as.user.get(`${path}/presigned`, { 'X-Request-ID': signed });
    await api.as.other.get(`${path}/data`);
    const audited = info.mock.calls.map(([fields]) => fields).filter((fields) => 'audit' in fields);
    const line = { audit: 'secret_downloaded', actor: 'user', kind: 'user', file: 'the service image' };
    expect(audited).toEqual([{ ...line, access: 'direct', requestId: direct }, { ...line, access: 'signed', requestId: signed }]);
    info.mockRestore();
  });

  it('is nobody else\'s', async () => {
    expect((await api.as.other.get(`${path}/data`)).status).toBe(404);
    expect((await api.as.admin.get(`${path}/presigned`)).status).toBe(404);
  });

  it('is made of the default version where none is named', async () => {
    expect((await api.as.user.post(path, { pull_secret: api.pullSecrets.user })).status).toBe(201);
    expect(JSON.parse((await api.as.user.get(`${path}/data`)).text)).toMatchObject({ rhcosVersion: '48.84.202109241901-0', sshPublicKey: '' });
  });

  it.each([
    ['no pull secret', { openshift_version: '4.8' }, 'pull secret'],
    ['a pull secret that is none', { pull_secret: '{}' }, 'auths'],
    ['a key that is none', { ssh_public_key: 'ssh-rsa x' }, 'SSH public key'],
    ['a version that is not offered', { openshift_version: '3.11' }, 'not supported'],
  ])('is refused for %s', async (_what, fields, reason) => {
    const before = (await api.as.user.get(`${path}/data`)).text;
    const answer = await api.as.user.post(path, { ...('pull_secret' in fields || reason === 'pull secret' ? {} : { pull_secret: api.pullSecrets.user }), ...fields });
    expect([answer.status, findViolations('error', answer.json), answer.json['reason']]).toEqual([400, [], expect.stringContaining(reason)]);
    expect((await api.as.user.get(`${path}/data`)).text).toBe(before);
    expect(await storedRequests()).toEqual([]);
  });

  it('needs the pull secret of the caller', async () => {
    const answer = await api.as.user.post(path, { pull_secret: api.pullSecrets.other });
    expect([answer.status, answer.json['reason']]).toEqual([400, expect.stringContaining('another user')]);
  });

  it('tells why it cannot be made, and leaves no request behind', async () => {
    const answer = await api.as.user.post(path, { pull_secret: api.pullSecrets.user, ssh_public_key: `${key} too much` });
    expect([answer.status, answer.json['reason']]).toEqual([400, expect.stringContaining('does not fit')]);
    expect(await storedRequests()).toEqual([]);
  });

  it('is asked for again later when Temporal is away', async () => {
    api.messenger.away = true;
    const answer = await api.as.user.post(path, { pull_secret: api.pullSecrets.user });
    api.messenger.away = false;
    expect([answer.status, answer.headers.get('Retry-After'), findViolations('error', answer.json)]).toEqual([503, '5', []]);
    expect(await storedRequests()).toEqual([]);
  });

  it('needs a body of the right types', async () => {
    expect((await api.as.user.post(path)).status).toBe(422);
    expect((await api.as.user.post(path, { pull_secret: 1 })).json).toMatchObject({ code: 601 });
  });
});
