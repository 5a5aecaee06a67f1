import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { toDataUrl } from '../../../src/domain/ignition/data-url';
import { decodeSource } from '../../../src/live/ignition/decode-source';

it.each([
  ['percent-encoded', { source: toDataUrl('a, b\n%é') }, 'a, b\n%é'],
  ['base64 with a type', { source: `data:text/plain;charset=utf-8;base64,${Buffer.from('key: ü').toString('base64')}` }, 'key: ü'],
  ['packed', { source: `data:;base64,${gzipSync('packed').toString('base64')}`, compression: 'gzip' }, 'packed'],
  ['nothing', {}, ''],
  ['an empty source', { source: '', compression: 'gzip' }, ''],
])('%s', (_name, contents, expected) => {
  expect(decodeSource(contents).toString()).toBe(expected);
});

it('refuses what it can\'t read', () => {
  expect(() => decodeSource({ source: 'https://example.com/file' })).toThrow('only data URLs are taken here, not https://example.com/file');
  expect(() => decodeSource({ source: 'data:,x', compression: 'xz' })).toThrow('the compression xz is not known');
});
