import { createHash, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { downloadImage } from '../../../src/agent/install/download-image';
import { createHttpFetch } from '../../../src/agent/protocol/http/http-fetch';

const servers: Server[] = [];
afterEach(() => servers.splice(0).forEach((server) => (server.closeAllConnections(), server.close())));

async function serve(status: number, body: Buffer): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status, { 'content-length': body.length }).end(body));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/image.iso`;
}

async function download(url: string, sha256: string) {
  const source = await downloadImage({ url, sha256 }, createHttpFetch({ insecure: false, environment: {} }), new AbortController().signal);
  const chunks: Buffer[] = [];
  for await (const chunk of source.chunks) chunks.push(chunk);
  return { name: source.name, bytes: Buffer.concat(chunks), read: source.readBytes(), sizeBytes: source.sizeBytes };
}

const image = randomBytes(3_000_000);
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('an image from a web server', () => {
  it('comes as it is, or unpacked, with its checksum as it was downloaded', async () => {
    const plain = await download(await serve(200, image), sha256(image));
    expect([plain.bytes.equals(image), plain.read, plain.sizeBytes]).toEqual([true, image.length, image.length]);
    const packed = gzipSync(image);
    const unpacked = await download(await serve(200, packed), sha256(packed));
    expect([unpacked.bytes.equals(image), unpacked.read]).toEqual([true, packed.length]);
  });

  it('is refused with another checksum, cut short, and when it is not there', async () => {
    const url = await serve(200, image);
    await expect(download(url, sha256(Buffer.from('other')))).rejects.toThrow(`the image at ${url} has the checksum ${sha256(image)}`);
    const cut = gzipSync(image).subarray(0, 1_000_000);
    await expect(download(await serve(200, cut), sha256(cut))).rejects.toThrow(/unexpected end of file/);
    await expect(download(await serve(404, image), sha256(image))).rejects.toThrow('status 404');
  });

  it('is named by its server and path: what its address holds besides are secrets, and what fails is told to the service', async () => {
    const named = await serve(200, image);
    const withSecrets = (url: string): string => `${url.replace('//', '//reader:hunter2@')}?X-Amz-Signature=5ec2e7#part`;
    expect((await download(withSecrets(named), sha256(image))).name).toBe(named);
    await expect(download(withSecrets(named), 'other')).rejects.toThrow(new Error(`the image at ${named} has the checksum ${sha256(image)}, not other`));
    const refused = await serve(403, image);
    await expect(download(withSecrets(refused), 'other')).rejects.toThrow(new Error(`the image can't be downloaded from ${refused}: status 403`));
    await expect(download(withSecrets('http://127.0.0.1:1/image.iso'), 'other')).rejects.toThrow(new Error("the image can't be downloaded from http://127.0.0.1:1/image.iso: connect ECONNREFUSED 127.0.0.1:1"));
    // The built-in fetch refuses such an address, and quotes it.
    await expect(downloadImage({ url: withSecrets(named), sha256: 'other' }, fetch, new AbortController().signal)).rejects.toThrow(/^(?!.*(hunter2|5ec2e7)).*credentials: /);
  });
});
