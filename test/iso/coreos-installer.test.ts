import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeBaseImages } from '../../src/dev/base-image/make-base-images';
import { baseImageAddress, ensureBaseImage } from '../../src/iso/base-image';
import { packCpio } from '../../src/iso/cpio';
import type { EmbedArea } from '../../src/iso/embed-area';
import { packIgnition } from '../../src/iso/ignition-archive';
import { createImageMaker, discoveryImageAddress } from '../../src/iso/image-maker';
import { createBaseImageInspector } from '../../src/iso/inspect-base-image';
import { createBuiltinConnections } from '../../src/iso/static-network/builtin-connections';
import { findProgram } from '../../src/programs/find-program';
import type { Store } from '../../src/store/store';
import { clusterId, makeSnapshot, settings } from '../domain/validations/fixtures';
import { createTestStore } from '../store/create-test-store';
import { unpackCpio } from './unpack-cpio';

const golden = (name: string): Buffer => readFileSync(join(import.meta.dirname, 'golden-archive', name));
const program = findProgram('coreos-installer', `${process.env['PATH'] ?? ''}:${process.env['HOME'] ?? ''}/.cargo/bin`);
if (program === undefined) process.stderr.write('coreos-installer is not installed: that it reads, replaces and removes our configuration is NOT tested, only the bytes it once made (cargo install coreos-installer --locked)\n');

describe('the archive that coreos-installer embeds', () => {
  const config = golden('config.ign');
  const theirs = golden('embedded.cpio');

  it('is ours byte for byte, with its permissions', () => {
    expect(packCpio([{ name: 'config.ign', mode: 0o100600, content: config }]).equals(theirs)).toBe(true);
  });

  it('differs from that of an image by the permissions of the file alone', () => {
    const ours = gunzipSync(packIgnition(config.toString()));
    const differing = [...ours.keys()].filter((index) => ours[index] !== theirs[index]);
    const modeField = { from: 14, to: 22 };
    expect([ours.length, differing.every((index) => index >= modeField.from && index < modeField.to)]).toEqual([theirs.length, true]);
    expect([unpackCpio(ours), unpackCpio(theirs)]).toMatchObject([[{ name: 'config.ign', mode: 0o100644, content: config }], [{ name: 'config.ign', mode: 0o100600, content: config }]]);
  });
});

describe('a full image', () => {
  const dir = mkdtempSync(join(tmpdir(), 'coreos-installer-'));
  const file = (name: string): string => join(dir, name);
  let store: Store;
  let base: Buffer;
  let image: Buffer;
  let area: EmbedArea;

  beforeAll(async () => {
    ({ store } = await createTestStore());
    const images = await makeBaseImages({ dir, versions: [{ openshift: '4.8', rhcos: 'plain' }], log: () => undefined, searchPath: file('no-tools') });
    await ensureBaseImage(store, 'plain', { url: `file://${images['plain']?.path ?? ''}` });
    const maker = createImageMaker({ store, agent: settings.agent, agentStartTimeoutSeconds: 180, connections: createBuiltinConnections(), findRhcosVersion: () => 'plain', agentTokenOf: async () => 'token' });
    await maker.build({ clusterId, snapshot: makeSnapshot(), pullSecret: '{"auths":{}}', sshPublicKey: 'ssh-ed25519 AAAA user', imageType: 'full-iso', staticNetworkConfig: '' }, new AbortController().signal);
    [base, image] = await Promise.all([store.readObject(baseImageAddress('plain')), store.readObject(discoveryImageAddress(clusterId))]);
    ({ embedArea: area } = await createBaseImageInspector(store)(baseImageAddress('plain')));
    writeFileSync(file('base.iso'), base);
    writeFileSync(file('ours.iso'), image);
  });
  afterAll(() => {
    store.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('holds one gzip stream and zeros in the embed area, and is its base everywhere else', () => {
    const embedded = image.subarray(area.offset, area.offset + area.length);
    const [entry] = unpackCpio(gunzipSync(embedded));
    const length = packIgnition(entry?.content.toString() ?? '').length;
    expect(length).toBeGreaterThan(1_000);
    expect(embedded.subarray(length).equals(Buffer.alloc(area.length - length))).toBe(true);
    const emptied = Buffer.from(image);
    emptied.fill(0, area.offset, area.offset + area.length);
    expect(emptied.equals(base)).toBe(true);
  });

  describe.skipIf(program === undefined)('for coreos-installer', () => {
    const tool = (...args: string[]): string => execFileSync(program ?? '', ['iso', ...args], { encoding: 'utf8' });
    const hashOf = (name: string): string => createHash('sha256').update(readFileSync(file(name))).digest('hex');

    it('shows our configuration and the kernel arguments of its base', () => {
      const [entry] = unpackCpio(gunzipSync(image.subarray(area.offset, area.offset + area.length)));
      expect(tool('ignition', 'show', file('ours.iso'))).toBe(entry?.content.toString());
      expect(tool('kargs', 'show', file('ours.iso'))).toBe(tool('kargs', 'show', file('base.iso')));
    });

    it('is the base again, byte for byte, when it removes the configuration', () => {
      tool('ignition', 'remove', '-o', file('removed.iso'), file('ours.iso'));
      expect(hashOf('removed.iso')).toBe(hashOf('base.iso'));
    });

    it('and the base become one and the same when it embeds a configuration in both', () => {
      writeFileSync(file('other.ign'), tool('ignition', 'show', file('ours.iso')));
      tool('ignition', 'embed', '-i', file('other.ign'), '-o', file('theirs.iso'), file('base.iso'));
      tool('ignition', 'embed', '--force', '-i', file('other.ign'), '-o', file('replaced.iso'), file('ours.iso'));
      expect(hashOf('replaced.iso')).toBe(hashOf('theirs.iso'));
      expect(tool('ignition', 'show', file('theirs.iso'))).toBe(tool('ignition', 'show', file('ours.iso')));
    });
  });
});
