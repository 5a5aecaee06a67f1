import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStore } from '../../src/store/create-store';
import type { Store } from '../../src/store/store';
import { createTestStore } from './create-test-store';

const object = { bucket: 'private', key: 'a folder/it\'s (50%).iso' } as const;
let store: Store;
let options: Awaited<ReturnType<typeof createTestStore>>['options'];
beforeAll(async () => {
  ({ store, options } = await createTestStore());
  await store.putObject(object, 'content');
});
afterAll(() => store.close());

describe('a presigned address', () => {
  it('permits to fetch one object under a name', async () => {
    const answer = await fetch(await store.presignGet(object, { fileName: 'image.iso', expiresInSeconds: 60 }));
    expect([answer.status, await answer.text(), answer.headers.get('content-disposition')]).toEqual([200, 'content', 'attachment; filename="image.iso"']);
  });

  it('permits nothing else', async () => {
    const url = await store.presignGet(object, { fileName: 'image.iso', expiresInSeconds: 60 });
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(403);
    expect((await fetch(url.replace('Expires=60', 'Expires=600'))).status).toBe(403);
    expect((await fetch(url.replace('image.iso', 'other.iso'))).status).toBe(403);
  });

  it('expires', async () => {
    const url = await store.presignGet(object, { fileName: 'image.iso', expiresInSeconds: 60, at: new Date(Date.now() - 120_000) });
    expect((await fetch(url)).status).toBe(403);
  });

  it('is of the address that the outside reaches', async () => {
    const of = createStore({ ...options, publicEndpoint: 'https://files.example.com' });
    const url = new URL(await of.presignGet(object, { fileName: 'image.iso', expiresInSeconds: 86_400, at: new Date('2013-05-24T00:00:00Z') }));
    of.close();
    expect([url.origin, decodeURIComponent(url.pathname)]).toEqual(['https://files.example.com', `/${options.privateBucket}/${object.key}`]);
    expect([url.searchParams.get('X-Amz-Date'), url.searchParams.get('X-Amz-Expires')]).toEqual(['20130524T000000Z', '86400']);
  });

  it('is good for seven days at most', async () => {
    const url = new URL(await store.presignGet(object, { fileName: 'image.iso', expiresInSeconds: 30 * 86_400 }));
    expect(url.searchParams.get('X-Amz-Expires')).toBe('604800');
  });
});
