import { randomBytes, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { infraEnvs } from '../../src/db/schema/infra-envs';
import { findViolations } from '../sim/contract-schema';
import { startTestApi, type TestApi } from './test-api';
import { basePath } from './test-client';

const image = randomBytes(1_000);
let api: TestApi;
let own: { id: string; signed: string; short: string };
let other: typeof own;
beforeAll(async () => {
  api = await startTestApi();
  own = await makeImage('own');
  other = await makeImage('other');
});
afterAll(() => api.close());

/** A cluster with an image, and both addresses of that without the host. */
async function makeImage(name: string): Promise<typeof own> {
  const id = String((await api.as.user.post('/clusters', { name, openshift_version: '4.8', pull_secret: api.pullSecrets.user })).json['id']);
  const made = await api.as.user.post(`/clusters/${id}/downloads/image`, {});
  expect(made.status).toBe(201);
  await api.store.putObject({ bucket: 'private', key: `discovery-image-${id}.iso` }, image);
  const signed = new URL((made.json['image_info'] as Record<string, string>)['download_url'] ?? '');
  return { id, signed: `${signed.pathname}${signed.search}`, short: new URL(/<(.*)>/.exec(made.headers.get('Link') ?? '')?.[1] ?? '').pathname };
}

const ask = (at: string, headers: Record<string, string> = {}, method = 'GET') => api.app.request(at, { method, headers });
const bytesOf = async (answer: Response): Promise<Buffer> => Buffer.from(await answer.arrayBuffer());

describe.each([
  ['the path of the contract, with its signature', () => own.signed],
  ['the short address', () => own.short],
])('an image at %s', (_way, at) => {
  it('is given whole, without a redirect, and described without its bytes', async () => {
    const whole = await ask(at());
    expect([whole.status, whole.headers.get('Content-Length'), whole.headers.get('Accept-Ranges'), whole.headers.get('Location')]).toEqual([200, '1000', 'bytes', null]);
    expect((await bytesOf(whole)).equals(image)).toBe(true);
    const head = await ask(at(), { 'Accept-Encoding': 'gzip, br' }, 'HEAD');
    const described = ['Content-Length', 'ETag', 'Last-Modified', 'Accept-Ranges', 'Content-Type', 'Content-Disposition', 'Content-Encoding'];
    expect([head.status, await head.text(), described.map((name) => head.headers.get(name))]).toEqual([200, '', described.map((name) => whole.headers.get(name))]);
    expect(head.headers.get('ETag')).toMatch(/^".+"$/);
  });

  it.each([
    ['bytes=0-0', 0, 0],
    ['bytes=100-199', 100, 199],
    ['bytes=990-', 990, 999],
    ['bytes=0-', 0, 999],
    ['bytes=-7', 993, 999],
    ['bytes=-5000', 0, 999],
    ['bytes=900-5000', 900, 999],
    ['Bytes=2-3', 2, 3],
  ])('is given in parts: %s', async (range, first, last) => {
    const part = await ask(at(), { Range: range });
    expect([part.status, part.headers.get('Content-Range'), part.headers.get('Content-Length')]).toEqual([206, `bytes ${first}-${last}/1000`, String(last - first + 1)]);
    expect((await bytesOf(part)).equals(image.subarray(first, last + 1))).toBe(true);
  });

  it.each(['bytes=1000-', 'bytes=2000-3000', 'bytes=-0'])('has no part %s', async (range) => {
    const outside = await ask(at(), { Range: range });
    expect([outside.status, outside.headers.get('Content-Range'), findViolations('error', await outside.json())]).toEqual([416, 'bytes */1000', []]);
  });

  it.each(['bytes=0-1,4-5', 'lines=1-2', 'bytes=5-2', 'bytes=', 'bytes=a-b'])('is given whole to who asks for what is no single range: %s', async (range) => {
    expect((await ask(at(), { Range: range })).status).toBe(200);
  });

  it('is given in parts only as long as it is the one that the asker began with', async () => {
    const head = await ask(at(), {}, 'HEAD');
    const [etag, date] = [head.headers.get('ETag') ?? '', head.headers.get('Last-Modified') ?? ''];
    const earlier = new Date(Date.parse(date) - 1_000).toUTCString();
    const status = async (ifRange: string): Promise<number> => (await ask(at(), { Range: 'bytes=0-1', 'If-Range': ifRange })).status;
    expect([await status(etag), await status(date)]).toEqual([206, 206]);
    expect([await status('"another"'), await status(`W/${etag}`), await status(earlier), await status('yesterday')]).toEqual([200, 200, 200, 200]);
    expect((await ask(at(), { Range: 'bytes=0-1' }, 'HEAD')).headers.get('Content-Length')).toBe('1000');
  });
});

describe('the address of an image', () => {
  const tamper = (signed: string): string => {
    const [start = '', payload = '', signature = ''] = signed.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { exp: number };
    return [start, Buffer.from(JSON.stringify({ ...claims, exp: claims.exp + 3_600 })).toString('base64url'), signature].join('.');
  };
  const signedFor = async (claims: Partial<Parameters<TestApi['signer']['sign']>[0]>): Promise<string> => {
    const token = await api.signer.sign({ method: 'GET', clusterId: own.id, file: 'discovery.iso', expiresAt: new Date(Date.now() + 60_000), ...claims });
    return `${basePath}/clusters/${own.id}/downloads/image?api_key=${token}`;
  };

  it.each<[string, () => Promise<string>]>([
    ['of another cluster', async () => other.signed.replace(other.id, own.id)],
    ['of another file', () => signedFor({ file: 'kubeconfig' })],
    ['of another method', () => signedFor({ method: 'DELETE' })],
    ['whose end was moved', async () => tamper(own.signed)],
    ['whose time is over', () => signedFor({ expiresAt: new Date(Date.now() - 1_000) })],
    ['without its signature', async () => own.signed.replace(/\?.*/, '')],
    ['cut off', async () => own.signed.slice(0, -4)],
  ])('lets nobody in %s', async (_what, at) => {
    expect((await ask(await signedFor({}))).status).toBe(200);
    for (const method of ['GET', 'HEAD']) expect((await ask(await at(), {}, method)).status).toBe(401);
  });

  it('tells who comes too late how to get another one, and only him', async () => {
    const late = await ask(await signedFor({ expiresAt: new Date(Date.now() - 1_000) }));
    expect(await late.json()).toEqual({ code: 401, message: expect.stringMatching(/has expired.*POST downloads\/image/) as unknown });
    expect(await (await ask(tamper(own.signed))).text()).not.toContain('expired');
  });

  it('if it is short, lets nobody in with another end or cluster in it', async () => {
    const name = /images\/(.*)\.iso/.exec(own.short)?.[1] ?? '';
    const change = (position: number): string => {
      const bytes = Buffer.from(name, 'base64url');
      bytes.writeUInt8(bytes.readUInt8(position) ^ 1, position);
      return `/images/${bytes.toString('base64url')}.iso`;
    };
    expect((await ask(own.short)).status).toBe(200);
    for (const position of [0, 15, 16, 19, 20, 35]) expect((await ask(change(position))).status).toBe(404);
    for (const at of [own.short.replace('.iso', ''), `/images/${api.imageLinkSigner.sign(randomUUID(), new Date(Date.now() + 60_000)).slice(1)}.iso`]) expect((await ask(at)).status).toBe(404);
  });

  it('lets nobody in when the time of the image is over, before it is removed as well, and tells how to get another', async () => {
    const late = await makeImage('late');
    await api.db.update(infraEnvs).set({ imageExpiresAt: new Date(Date.now() - 1_000) }).where(eq(infraEnvs.id, late.id));
    const how = expect.stringContaining(`POST /clusters/${late.id}/downloads/image`) as unknown;
    const [byUser, short, signed] = [await api.as.user.get(`/clusters/${late.id}/downloads/image`), await ask(late.short), await ask(late.signed)];
    expect([byUser.status, byUser.text]).toEqual([404, how]);
    expect([short.status, await short.text()]).toEqual([410, how]);
    expect([signed.status, await signed.text()]).toEqual([404, how]);
    const heads = [await api.as.user.send('HEAD', `/clusters/${late.id}/downloads/image`), await ask(late.short, {}, 'HEAD')];
    expect(heads.map(({ status }) => status)).toEqual([404, 410]);
    expect(await api.store.headObject({ bucket: 'private', key: `discovery-image-${late.id}.iso` })).toBeDefined();
  });
});
