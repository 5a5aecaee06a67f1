import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { EmbedAreaReader } from '../../../src/cli/install-test/embed-area';
import { createSshPublicKey } from '../../../src/cli/install-test/ssh-key';

const areaAt = 300_000;
const areaSize = 256 * 1024;

function cpioEntry(name: string, content: Buffer): Buffer {
  const fields = [1, 0o100644, 0, 0, 1, 0, content.length, 0, 0, 0, 0, name.length + 1, 0].map((value) => value.toString(16).padStart(8, '0'));
  const head = Buffer.from(`070701${fields.join('')}${name}\0`);
  const pad = (part: Buffer): Buffer => Buffer.concat([part, Buffer.alloc((4 - (part.length % 4)) % 4)]);
  return Buffer.concat([pad(head), pad(content)]);
}

function makeImage(payload: Buffer): Buffer {
  const image = randomBytes(700_000);
  image.write('coreiso+', 32_744, 'latin1');
  image.writeBigUInt64LE(BigInt(areaAt), 32_752);
  image.writeBigUInt64LE(BigInt(areaSize), 32_760);
  image.fill(0, areaAt, areaAt + areaSize);
  payload.copy(image, areaAt);
  return image;
}

function read(image: Buffer, chunkSize: number): EmbedAreaReader {
  const reader = new EmbedAreaReader();
  for (let at = 0; at < image.length; at += chunkSize) reader.push(image.subarray(at, at + chunkSize));
  return reader;
}

const config = '{"ignition":{"version":"3.1.0"}}';
const archive = Buffer.concat([cpioEntry('other', Buffer.from('x')), cpioEntry('config.ign', Buffer.from(config)), cpioEntry('TRAILER!!!', Buffer.alloc(0))]);

describe('the embed area of an image', () => {
  it.each([1_000, 32_744, 65_536, 700_000])('is found in chunks of %i bytes', (chunkSize) => {
    const reader = read(makeImage(gzipSync(archive)), chunkSize);
    expect(reader.size).toBe(700_000);
    expect(reader.readIgnition()).toBe(config);
  });

  it('is missed with a reason', () => {
    expect(() => read(randomBytes(100_000), 9_999).readIgnition()).toThrow('no embed area');
    expect(() => read(randomBytes(100), 9_999).readIgnition()).toThrow('no embed area');
    expect(() => read(makeImage(Buffer.alloc(0)), 65_536).readIgnition()).toThrow('is empty');
    expect(() => read(makeImage(gzipSync(cpioEntry('TRAILER!!!', Buffer.alloc(0)))), 65_536).readIgnition()).toThrow('no config.ign');
    expect(() => read(makeImage(gzipSync(archive)).subarray(0, areaAt + 5), 65_536).readIgnition()).toThrow('ends inside');
  });
});

it('SSH keys have the form OpenSSH reads', () => {
  const [type, data = '', comment] = createSshPublicKey('me').split(' ');
  const raw = Buffer.from(data, 'base64');
  expect([type, comment]).toEqual(['ssh-ed25519', 'me']);
  expect(raw.length).toBe(4 + 11 + 4 + 32);
  expect(raw.toString('latin1', 4, 15)).toBe('ssh-ed25519');
  expect(createSshPublicKey('me')).not.toBe(createSshPublicKey('me'));
});
