import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { packIgnition } from '../../src/iso/ignition-archive';
import { unpackCpio } from './unpack-cpio';

describe('the archive of an ignition', () => {
  it.each(['', '{}', '{"a":1}', `{"text":"${'ü'.repeat(5_000)}"}`])('holds one readable file, config.ign', (config) => {
    const entries = unpackCpio(gunzipSync(packIgnition(config)));
    expect(entries).toEqual([{ name: 'config.ign', mode: 0o100644, mtime: 0, content: Buffer.from(config) }]);
  });

  it('is the same for the same text', () => {
    expect(packIgnition('{"a":1}').equals(packIgnition('{"a":1}'))).toBe(true);
  });
});
