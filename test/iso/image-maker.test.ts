import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeBaseImages } from '../../src/dev/base-image/make-base-images';
import { baseImageAddress, ensureBaseImage } from '../../src/iso/base-image';
import { createImageMaker, discoveryImageAddress, type DiscoveryOrder, type ImageMakerOptions } from '../../src/iso/image-maker';
import { createBuiltinConnections } from '../../src/iso/static-network/builtin-connections';
import { ImageError, UnfitConfiguration } from '../../src/iso/image-error';
import { createBaseImageInspector } from '../../src/iso/inspect-base-image';
import type { StoreOptions } from '../../src/store/create-store';
import type { Store } from '../../src/store/store';
import { clusterId, makeSnapshot, settings } from '../domain/validations/fixtures';
import { createTestStore } from '../store/create-test-store';
import { rawUploads } from '../store/raw-uploads';
import { unpackCpio } from './unpack-cpio';

const rhcos = '48.84.202109241901-0';
const dir = mkdtempSync(join(tmpdir(), 'image-maker-'));
const order: DiscoveryOrder = {
  clusterId, snapshot: makeSnapshot(), pullSecret: '{"auths":{}}', sshPublicKey: 'ssh-ed25519 AAAA user', imageType: 'full-iso', staticNetworkConfig: '',
};
const { signal } = new AbortController();
let store: Store;
let storeOptions: StoreOptions;
let options: ImageMakerOptions;

beforeAll(async () => {
  ({ store, options: storeOptions } = await createTestStore());
  const images = await makeBaseImages({ dir, versions: [{ openshift: '4.8', rhcos }], log: () => undefined, searchPath: join(dir, 'no-tools') });
  const image = images[rhcos];
  if (!image) throw new Error('no base image');
  options = {
    store,
    agent: settings.agent,
    agentStartTimeoutSeconds: 180,
    connections: createBuiltinConnections(),
    findRhcosVersion: (version) => (version === '4.8.2' ? rhcos : undefined),
    restoreBaseImage: (version) => ensureBaseImage(store, version, { url: pathToFileURL(image.path).href, sha256: image.sha256 }),
    agentTokenOf: async () => 'token-of-the-agent',
  };
});
afterAll(() => {
  store.close();
  rmSync(dir, { recursive: true, force: true });
});

/** The configuration a live system started from the image would find; zeros after the archive are no part of it. */
async function readConfig(): Promise<string> {
  const address = discoveryImageAddress(clusterId);
  const { embedArea } = await createBaseImageInspector(store)(address);
  const [entry] = unpackCpio(gunzipSync(await store.readRange(address, embedArea)));
  return entry?.content.toString() ?? '';
}

describe('a discovery image', () => {
  const maker = (changes: Partial<ImageMakerOptions> = {}) => createImageMaker({ ...options, ...changes });

  it('cannot be made without its base', async () => {
    const { restoreBaseImage: _, ...withoutPublisher } = options;
    await expect(createImageMaker(withoutPublisher).build(order, signal)).rejects.toMatchObject({ name: 'BaseImageMissing' });
  });

  it('is made, found and removed; the second time over the first', async () => {
    const { sizeBytes } = await maker().build(order, signal);
    expect(sizeBytes).toBe((await store.headObject(baseImageAddress(rhcos)))?.sizeBytes);
    expect(await maker().find(clusterId)).toEqual({ sizeBytes });
    const ignition = (await store.readObject({ bucket: 'private', key: `${clusterId}/discovery.ign` })).toString();
    expect(ignition).toContain('PULL_SECRET_TOKEN=token-of-the-agent');
    expect(await readConfig()).toBe(ignition);

    await maker().build({ ...order, sshPublicKey: '' }, signal);
    expect(await readConfig()).not.toContain('ssh-ed25519');
    await maker().remove(clusterId);
    await maker().remove(clusterId);
    expect(await maker().find(clusterId)).toBeUndefined();
  });

  it('is told to the log without its secrets', async () => {
    const lines: string[] = [];
    const log = { debug: (fields: object, message: string) => void lines.push(JSON.stringify([fields, message])) };
    const secrets = { pullSecret: '{"auths":{"quay.io":{"auth":"cGxhbnRlZA=="}}}', sshPublicKey: 'ssh-ed25519 AAAAplanted user' };
    const override = JSON.stringify({ ignition: { version: '3.1.0' }, passwd: { users: [{ name: 'core', passwordHash: 'planted-hash' }] } });
    const planted = { ...order, ...secrets, snapshot: { ...order.snapshot, infraEnv: { ...order.snapshot.infraEnv, ignitionConfigOverrides: override } } };
    await maker({ log }).build(planted, signal);
    await maker({ log }).renderIgnition(planted);
    expect(await readConfig()).toMatch(/cGxhbnRlZA.*/);
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      expect(line).toContain('PULL_SECRET_TOKEN=*****');
      expect(line).not.toMatch(/cGxhbnRlZA|AAAAplanted|planted-hash|token-of-the-agent/);
    }
  });

  it('goes before the next one is made, whatever becomes of that', async () => {
    await maker().build(order, signal);
    await expect(maker().build({ ...order, staticNetworkConfig: 'interfaces: []HHHHH02:00:00:00:00:01=eth0' }, signal)).rejects.toThrow(UnfitConfiguration);
    expect(await maker().find(clusterId)).toBeUndefined();
  });

  it('has the networks of hosts', async () => {
    const staticNetworkConfig = 'interfaces: [{name: eth0, type: ethernet, ipv4: {enabled: true, dhcp: true}}]HHHHH02:00:00:00:00:01=eth0';
    await maker().build({ ...order, staticNetworkConfig }, signal);
    expect(await readConfig()).toMatch(/\/etc\/assisted\/network\/host0\/eth0\.nmconnection.*pre-network-manager-config\.service/);
  });

  it.each<[string, Partial<DiscoveryOrder>]>([
    ['a version that is not offered', { snapshot: makeSnapshot([], { openshiftVersion: '4.0' }) }],
    ['a static network that cannot be made', { staticNetworkConfig: 'interfaces: []HHHHH02:00:00:00:00:01=eth0' }],
    ['a proxy that cannot be written into a unit', { snapshot: makeSnapshot([], { httpProxy: 'http://a b' }) }],
  ])('is refused for good for %s', async (_, changes) => {
    await expect(maker().build({ ...order, ...changes }, signal)).rejects.toThrow(ImageError);
  });
});

describe('what a worker that died left of a discovery image, secrets in it,', () => {
  const maker = (changes: Partial<ImageMakerOptions> = {}) => createImageMaker({ ...options, ...changes });

  it.each([
    ['removed', () => maker().remove(clusterId)],
    ['to be made anew, even where that fails', () => expect(maker({ findRhcosVersion: () => undefined }).build(order, signal)).rejects.toBeInstanceOf(ImageError)],
    ['made anew', () => maker().build(order, signal)],
  ])('goes when the image is %s', async (_, act) => {
    const raw = rawUploads(storeOptions);
    await raw.leave(storeOptions.privateBucket, discoveryImageAddress(clusterId).key);
    await act();
    expect(await raw.list(storeOptions.privateBucket, discoveryImageAddress(clusterId).key)).toEqual([]);
    raw.close();
  });
});
