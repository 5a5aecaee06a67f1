import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presignGet } from '../../src/store/presign-get';
import type { Store } from '../../src/store/store';
import { createTestStore } from './create-test-store';

const object = { bucket: 'private', key: 'a folder/it\'s (50%).iso' } as const;
let store: Store;
beforeAll(async () => {
  ({ store } = await createTestStore());
  await store.putObject(object, 'content');
});
afterAll(() => store.close());

describe('a presigned address', () => {
  it('permits to fetch one object under a name', async () => {
    const answer = await fetch(store.presignGet(object, { fileName: 'image.iso', expiresInSeconds: 60 }));
    expect([answer.status, await answer.text(), answer.headers.get('content-disposition')]).toEqual([200, 'content', 'attachment; filename="image.iso"']);
  });

  it('permits nothing else', async () => {
    const url = store.presignGet(object, { fileName: 'image.iso', expiresInSeconds: 60 });
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(403);
    expect((await fetch(url.replace('Expires=60', 'Expires=600'))).status).toBe(403);
    expect((await fetch(url.replace('image.iso', 'other.iso'))).status).toBe(403);
  });

  it('expires', async () => {
    const url = store.presignGet(object, { fileName: 'image.iso', expiresInSeconds: 60, at: new Date(Date.now() - 120_000) });
    expect((await fetch(url)).status).toBe(403);
  });

  it('has the form that AWS wants', () => {
    const url = presignGet(
      { endpoint: '', region: 'us-east-1', accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
      { Bucket: 'examplebucket', Key: 'test.txt' }, { fileName: 'test.txt', expiresInSeconds: 86_400, at: new Date('2013-05-24T00:00:00Z') },
    );
    expect(url).toMatch(/^https:\/\/s3\.us-east-1\.amazonaws\.com\/examplebucket\/test\.txt\?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&response-content-disposition=attachment%3B%20filename%3D%22test\.txt%22&X-Amz-Signature=[0-9a-f]{64}$/);
  });
});
