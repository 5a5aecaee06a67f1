import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { download } from '../../src/dev/download';
import { waitUntil } from '../../src/dev/wait-until';
import { FileServer, sha256 } from './file-server';

const body = randomBytes(300_000);
let server: FileServer;
let base: string;
let dir: string;
let file: string;

beforeEach(async () => {
  server = new FileServer();
  base = await server.open();
  dir = mkdtempSync(join(tmpdir(), 'assisted-download-'));
  file = join(dir, 'file');
});

afterEach(async () => {
  await server.close();
  rmSync(dir, { recursive: true, force: true });
});

const fetchFile = (options: Partial<Parameters<typeof download>[0]> = {}) =>
  download({ url: `${base}/f`, file, sha256: sha256(body), ...options });
const received = () => waitUntil('first part on disk', () => statSync(`${file}.part`).size === 100_000);

describe('download', () => {
  it('brings a file, checks it and leaves nothing else behind', async () => {
    server.files.set('/f', { body, etag: '"1"' });
    await fetchFile();
    expect(readFileSync(file).equals(body)).toBe(true);
    expect(readdirSync(dir)).toEqual(['file']);
  });

  it('goes on where a transfer was interrupted', async () => {
    server.files.set('/f', { body, etag: '"1"', cuts: [100_000], beforeCut: received });
    await fetchFile();
    expect(readFileSync(file).equals(body)).toBe(true);
    const [, second] = server.requests;
    expect(second?.headers).toMatchObject({ range: 'bytes=100000-', 'if-range': '"1"' });
  });

  it('goes on in a later run', async () => {
    server.files.set('/f', { body, etag: '"1"', cuts: [100_000], beforeCut: received });
    await expect(fetchFile({ attempts: 1 })).rejects.toThrow(`${base}/f`);
    expect(readdirSync(dir).sort()).toEqual(['file.part', 'file.part.etag']);
    await fetchFile();
    expect(readFileSync(file).equals(body)).toBe(true);
    expect(server.requests[1]?.headers.range).toBe('bytes=100000-');
  });

  it('starts over when the file has changed in between', async () => {
    server.files.set('/f', { body: randomBytes(200_000), etag: '"old"', cuts: [100_000], beforeCut: received });
    await expect(fetchFile({ attempts: 1 })).rejects.toThrow();
    server.files.set('/f', { body, etag: '"new"' });
    await fetchFile();
    expect(readFileSync(file).equals(body)).toBe(true);
  });

  it.each([
    ['ignores ranges', { ranges: false, etag: '"1"' }],
    ['gives no entity tag', {}],
    ['gives a weak entity tag', { etag: 'W/"1"' }],
  ])('starts over when the server %s', async (_, served) => {
    server.files.set('/f', { body, cuts: [100_000], beforeCut: received, ...served });
    await fetchFile();
    expect(readFileSync(file).equals(body)).toBe(true);
  });

  it('discards a file with a wrong checksum and says which was expected', async () => {
    server.files.set('/f', { body, etag: '"1"' });
    const wrong = sha256(Buffer.from('other'));
    await expect(fetchFile({ sha256: wrong })).rejects.toThrow(wrong);
    expect(readdirSync(dir)).toEqual([]);
  });

  it('does not repeat what the server refuses', async () => {
    await expect(fetchFile()).rejects.toThrow('404');
    expect(server.requests).toHaveLength(1);
    expect(readdirSync(dir)).toEqual([]);
  });

  it('repeats what fails at the server, within its attempts', async () => {
    server.files.set('/f', { body, status: 503 });
    await expect(fetchFile({ attempts: 3 })).rejects.toThrow('503');
    expect(server.requests).toHaveLength(3);
  });

  it('gives up on a silent server', async () => {
    server.files.set('/f', { body, stalls: true });
    await expect(fetchFile({ idleTimeoutMs: 200, attempts: 2 })).rejects.toThrow('nothing received for 0.2 s');
    expect(server.requests).toHaveLength(2);
  });

  it('stops when it is told to', async () => {
    server.files.set('/f', { body, stalls: true });
    await expect(fetchFile({ signal: AbortSignal.timeout(200) })).rejects.toThrow(`${base}/f`);
    expect(server.requests).toHaveLength(1);
  });
});
