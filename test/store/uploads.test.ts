import { createServer, request as requestHttp, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createStore, type StoreOptions } from '../../src/store/create-store';
import type { Store } from '../../src/store/store';
import { createTestStore } from './create-test-store';
import { rawUploads, type RawUploads } from './raw-uploads';

let store: Store;
let options: StoreOptions;
let raw: RawUploads;
beforeAll(async () => {
  ({ store, options } = await createTestStore());
  raw = rawUploads(options);
});
afterAll(() => {
  store.close();
  raw.close();
});

const left = async (prefix: string): Promise<string[]> => (await raw.list(options.privateBucket, prefix)).map(({ id }) => id);

describe('uploads that nobody completes', () => {
  it('are aborted by the beginning of their key, beyond one page; others stay', async () => {
    const keys = Array.from({ length: 1_005 }, (_, index) => `dead/${String(index).padStart(4, '0')}`);
    await raw.begin(options.privateBucket, [...keys, 'deadly', 'dead/0000']);
    expect(await store.abortUploads('private', 'dead/')).toBe(1_006);
    expect(await left('dead/')).toEqual([]);
    expect(await left('deadly')).toHaveLength(1);
    expect(await store.abortUploads('private', 'dead/')).toBe(0);
    expect(await store.abortUploads('public', 'dead')).toBe(0);
  // Two thousand calls: on a machine that is busy with other things they take their time.
  }, 300_000);

  it('of an object that has one maker go when it is made anew; one that was begun later stays, and others with their makers', async () => {
    const { privateBucket } = options;
    const [former, neighbour] = [await raw.leave(privateBucket, 'sole'), await raw.leave(privateBucket, 'sole.too')];
    let later = '';
    async function* content() {
      // The upload of this object is under way: uploads begun now are of its next maker.
      later = await raw.leave(privateBucket, 'sole');
      expect(await left('sole')).not.toContain(former);
      yield Buffer.from('content');
    }
    await store.publishStream({ bucket: 'private', key: 'sole' }, content(), { soleMaker: true });
    expect((await left('sole')).sort()).toEqual([later, neighbour].sort());
    expect((await store.readObject({ bucket: 'private', key: 'sole' })).toString()).toBe('content');
  });

  it('of an object that others may be at work on stay for a day', async () => {
    const other = await raw.leave(options.privateBucket, 'shared');
    await store.assembleObject({ bucket: 'private', key: 'shared' }, [{ kind: 'upload', body: Buffer.from('content') }]);
    expect(await left('shared')).toEqual([other]);
  });
});

describe('a server that does not list uploads', () => {
  let server: Server;
  const warnings: string[] = [];
  let limited: Store;
  beforeAll(async () => {
    // All but the list goes on to the S3 server.
    server = createServer((request, response) => {
      if (request.method === 'GET' && /[?&]uploads/.test(request.url ?? '')) {
        request.resume();
        response.writeHead(501, { 'content-type': 'application/xml' }).end('<?xml version="1.0"?><Error><Code>NotImplemented</Code><Message>A header you provided implies functionality that is not implemented</Message></Error>');
        return;
      }
      const { hostname, port } = new URL(options.endpoint);
      request.pipe(requestHttp({ hostname, port, method: request.method, path: request.url, headers: request.headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    limited = createStore({ ...options, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, log: { warn: (fields, message) => warnings.push(`${JSON.stringify(fields)} ${message}`) } });
  });
  afterAll(() => {
    limited.close();
    server.closeAllConnections();
    server.close();
  });

  it('serves all the same; it is told once', async () => {
    expect(await limited.abortUploads('private', 'any')).toBe(0);
    const target = { bucket: 'private', key: 'limited' } as const;
    await limited.assembleObject(target, [{ kind: 'upload', body: Buffer.from('content') }], { soleMaker: true });
    expect((await store.readObject(target)).toString()).toBe('content');
    expect(warnings).toEqual([expect.stringMatching(/NotImplemented \(501\).*lifecycle rule/)]);
  });
});
