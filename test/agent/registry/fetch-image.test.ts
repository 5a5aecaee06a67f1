import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { arch } from 'node:os';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpFetch } from '../../../src/agent/protocol/http/http-fetch';
import { fetchImage } from '../../../src/agent/registry/fetch-image';
import { parseImageReference } from '../../../src/agent/registry/image-reference';
import { startHttpProxy } from '../../support/http-proxy';

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => (server.closeAllConnections(), server.close())));

const digestOf = (bytes: Buffer): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
const config = Buffer.from('{"os":"linux"}');
const layers = [gzipSync(randomBytes(200_000)), gzipSync(randomBytes(100_000))];
const manifest = Buffer.from(JSON.stringify({
  schemaVersion: 2, mediaType: 'application/vnd.oci.image.manifest.v1+json', config: { digest: digestOf(config), size: config.length },
  layers: layers.map((layer) => ({ digest: digestOf(layer), size: layer.length })),
}));
const index = (architecture: string): Buffer => Buffer.from(JSON.stringify({
  schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json',
  manifests: [{ digest: 'sha256:other', platform: { os: 'windows', architecture } }, { digest: digestOf(manifest), platform: { os: 'linux', architecture } }],
}));
const ownArchitecture = arch() === 'x64' ? 'amd64' : arch();

type Answer = (path: string, request: IncomingMessage) => { status: number; body?: Buffer | string; headers?: Record<string, string> };

/** A registry with the API of the OCI distribution specification. */
async function serve(answer: Answer): Promise<string> {
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const { status, body = '', headers = {} } = answer(request.url ?? '', request);
    response.writeHead(status, headers).end(body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

function content(path: string, first: Buffer = manifest): ReturnType<Answer> {
  if (path === '/v2/team/image/manifests/v1') return { status: 200, body: first };
  if (path === `/v2/team/image/manifests/${digestOf(manifest)}`) return { status: 200, body: manifest };
  const blob = [config, ...layers].find((bytes) => path === `/v2/team/image/blobs/${digestOf(bytes)}`);
  return blob === undefined ? { status: 404 } : { status: 200, body: blob };
}

const size = [config, ...layers].reduce((sum, { length }) => sum + length, 0);
const access = { auth: 'dXNlcjpwYXNz', insecure: true, fetch, signal: new AbortController().signal };

describe('an image', () => {
  it('is downloaded with its configuration and all of its layers', async () => {
    const registry = await serve((path) => content(path));
    expect(await fetchImage(`${registry}/team/image:v1`, access)).toBe(size);
    expect(await fetchImage(`${registry}/team/image@${digestOf(manifest)}`, access)).toBe(size);
  });

  it('is that of the machine\'s architecture', async () => {
    const registry = await serve((path) => content(path, index(ownArchitecture)));
    expect(await fetchImage(`${registry}/team/image:v1`, access)).toBe(size);
    const foreign = await serve((path) => content(path, index('mips')));
    await expect(fetchImage(`${foreign}/team/image:v1`, access)).rejects.toThrow(`the image is not there for linux/${ownArchitecture}`);
  });

  it('comes with the token the registry asks for, which the credentials are for', async () => {
    const asked: string[] = [];
    const registry = await serve((path, { headers }) => {
      if (path.startsWith('/token')) {
        asked.push(path, headers.authorization ?? '');
        return { status: 200, body: '{"token":"t1"}' };
      }
      if (headers.authorization === 'Bearer t1') return content(path);
      return { status: 401, headers: { 'www-authenticate': `Bearer realm="http://${headers.host}/token",service="registry",scope="repository:team/image:pull"` } };
    });
    expect(await fetchImage(`${registry}/team/image:v1`, access)).toBe(size);
    expect(asked).toEqual(['/token?service=registry&scope=repository%3Ateam%2Fimage%3Apull', 'Basic dXNlcjpwYXNz']);
  });

  it('comes with a password', async () => {
    const registry = await serve((path, { headers }) => (headers.authorization === 'Basic dXNlcjpwYXNz' ? content(path) : { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } }));
    expect(await fetchImage(`${registry}/team/image:v1`, access)).toBe(size);
    await expect(fetchImage(`${registry}/team/image:v1`, { ...access, auth: undefined })).rejects.toThrow(`${registry} answers 401 to team/image/manifests/v1`);
  });

  it('is not had when it is unknown, damaged, or only there without encryption', async () => {
    const registry = await serve((path) => (path.endsWith(digestOf(layers[1] ?? config)) ? { status: 200, body: 'other bytes' } : content(path)));
    await expect(fetchImage(`${registry}/team/image:v2`, access)).rejects.toThrow('answers 404 to team/image/manifests/v2');
    await expect(fetchImage(`${registry}/team/image:v1`, access)).rejects.toThrow('has another checksum');
    await expect(fetchImage(`${registry}/team/image:v1`, { ...access, insecure: false })).rejects.toThrow(`${registry} does not answer`);
    await expect(fetchImage('image:v1', access)).rejects.toThrow('image:v1 does not name its registry');
  });
});

describe('the name of an image', () => {
  it.each([
    ['quay.io/a/b', 'quay.io', 'a/b', 'latest'], ['localhost/b:v1', 'localhost', 'b', 'v1'], ['host:5000/a/b:v1', 'host:5000', 'a/b', 'v1'],
    ['quay.io/a/b:v1@sha256:12', 'quay.io', 'a/b', 'sha256:12'],
  ])('%s', (name, registry, repository, reference) => {
    expect(parseImageReference(name)).toEqual({ registry, repository, reference });
  });

  it('comes through the proxy of the environment', async () => {
    const registry = await serve((path) => content(path));
    const proxy = await startHttpProxy({ names: { 'registry.test:80': Number(registry.split(':')[1]) } });
    const environment = { HTTP_PROXY: proxy.place, HTTPS_PROXY: proxy.place };
    try {
      expect(await fetchImage('registry.test/team/image:v1', { ...access, fetch: createHttpFetch({ insecure: true, environment }) })).toBe(size);
      expect(proxy.requests.slice(0, 2)).toEqual(['CONNECT registry.test:443', 'GET http://registry.test/v2/team/image/manifests/v1']);
    } finally {
      proxy.close();
    }
  });
});
