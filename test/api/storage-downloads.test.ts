import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { infraEnvs } from '../../src/db/schema/infra-envs';
import { startTestApi, type TestApi } from './test-api';

let api: TestApi;
let id: string;
beforeAll(async () => {
  api = await startTestApi({ imageDownloads: 'storage' });
});
afterAll(() => api.close());
beforeEach(async () => {
  const body = { name: 'files', base_dns_domain: 'example.com', openshift_version: '4.8', pull_secret: api.pullSecrets.user };
  id = String((await api.as.user.post('/clusters', body)).json['id']);
});

const addressOf = (json: Record<string, unknown>): string => (json['image_info'] as Record<string, string>)['download_url'] ?? '';
const make = async (): Promise<string> => addressOf((await api.as.user.post(`/clusters/${id}/downloads/image`, {})).json);
const read = async (): Promise<string> => addressOf((await api.as.user.get(`/clusters/${id}`)).json);

describe('a discovery image that the file storage hands out itself', () => {
  it('can be fetched by whoever has the address, whole or in parts', async () => {
    const url = await make();
    const whole = await fetch(url);
    expect([whole.status, whole.headers.get('content-disposition')]).toEqual([200, `attachment; filename="cluster-${id}-discovery.iso"`]);
    const text = await whole.text();
    expect(text).toHaveLength(100);
    const part = await fetch(url, { headers: { Range: 'bytes=2-10' } });
    expect([part.status, await part.text()]).toEqual([206, text.slice(2, 11)]);
  });

  it('keeps its address until it expires', async () => {
    const url = await make();
    expect([await read(), await read()]).toEqual([url, url]);
    const { imageExpiresAt } = (await api.db.select().from(infraEnvs).where(eq(infraEnvs.id, id)))[0] ?? {};
    const signed = new URL(url).searchParams;
    const [, year, month, day, time] = /^(\d{4})(\d\d)(\d\d)T(\d{6})Z$/.exec(signed.get('X-Amz-Date') ?? '') ?? [];
    const begins = Date.parse(`${year}-${month}-${day}T${time?.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`);
    expect(Math.abs(begins + Number(signed.get('X-Amz-Expires')) * 1000 - (imageExpiresAt?.getTime() ?? 0))).toBeLessThan(1_001);
  });

  it('cannot be fetched after that, or by a changed address, or as that of another cluster', async () => {
    const url = await make();
    const stranger = url.replace(id, '00000000-0000-4000-8000-000000000000');
    const longer = url.replace(/X-Amz-Expires=\d+/, 'X-Amz-Expires=604800');
    await api.db.update(infraEnvs).set({ imageExpiresAt: new Date(Date.now() - 2_000) }).where(eq(infraEnvs.id, id));
    const statuses = await Promise.all([stranger, longer, await read()].map(async (address) => (await fetch(address)).status));
    expect(statuses).toEqual([403, 403, 403]);
  });

  it('has a short address at the service as well, and none at all before it is made', async () => {
    expect(await read()).toBe('');
    await make();
    const head = await api.as.user.send('HEAD', `/clusters/${id}/downloads/image`);
    expect([head.status, head.headers.get('Link')]).toEqual([200, expect.stringMatching(/^<http:\/\/service\.example:8090\/images\/[\w-]{48}\.iso>/)]);
  });
});
