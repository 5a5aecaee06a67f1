import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, closeSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { layOutLiveImage } from '../../../src/dev/base-image/live-layout';
import { makeBaseImages } from '../../../src/dev/base-image/make-base-images';
import { writeDescriptors } from '../../../src/dev/base-image/write-descriptors';
import { baseImageAddress, ensureBaseImage } from '../../../src/iso/base-image';
import { readContent } from '../../../src/iso/format/content';
import { getExtent, nameOnVolume, readVolume, type IsoVolume } from '../../../src/iso/format/read-volume';
import { createImageMaker, discoveryImageAddress } from '../../../src/iso/image-maker';
import type { ImageAddress } from '../../../src/iso/image-store';
import { createBaseImageInspector } from '../../../src/iso/inspect-base-image';
import { parseKernelArgumentDescriptor } from '../../../src/iso/kernel-argument-descriptor';
import { ensureMinimalTemplate, minimalTemplateAddress } from '../../../src/iso/minimal/minimal-template';
import { ensureRootfs, rootfsAddress } from '../../../src/iso/minimal/rootfs';
import { createBuiltinConnections } from '../../../src/iso/static-network/builtin-connections';
import { findProgram } from '../../../src/programs/find-program';
import { runProgram } from '../../../src/programs/run-program';
import type { RunTool } from '../../../src/iso/minimal/write-template';
import { createStore, type StoreOptions } from '../../../src/store/create-store';
import type { Store } from '../../../src/store/store';
import { clusterId, makeSnapshot, settings } from '../../domain/validations/fixtures';
import { createTestStore } from '../../store/create-test-store';
import { unpackCpio } from '../unpack-cpio';

const searchPath = process.env['PATH'] ?? '';
const hasXorriso = findProgram('xorriso', searchPath) !== undefined;
if (!hasXorriso) process.stderr.write('xorriso is not installed: minimal images that boot are NOT tested (apt-get install xorriso)\n');
const onPath = (path: string): RunTool => (call) => runProgram({ ...call, env: { PATH: path, LANG: 'C.UTF-8' } });
const run = onPath(searchPath);
const withoutTools = onPath('/nonexistent');
const { signal } = new AbortController();
const dir = mkdtempSync(join(tmpdir(), 'minimal-template-'));
const rootfsUrl = 'http://images.example/rootfs.img';
const coreosInstaller = findProgram('coreos-installer', searchPath);
let store: Store;
let options: StoreOptions;

beforeAll(async () => {
  ({ store, options } = await createTestStore());
  const images = await makeBaseImages({ dir, versions: [{ openshift: '4.8', rhcos: 'plain' }], log: () => undefined, searchPath: join(dir, 'no-tools'), padMib: 7 });
  await ensureBaseImage(store, 'plain', { url: `file://${images['plain']?.path ?? ''}` });
});
afterAll(() => {
  store.close();
  rmSync(dir, { recursive: true, force: true });
});

/** A live image with a boot record; its boot loader is none, as nobody starts it. */
async function publishBootableBase(rhcos: string): Promise<void> {
  const layout = layOutLiveImage({ rhcos, padMib: 7, boot: { 'isolinux/isolinux.bin': Buffer.alloc(4096, 0x90) } });
  const tree = join(dir, rhcos);
  for (const [path, content] of Object.entries(layout.files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    const file = openSync(join(tree, path), 'w');
    for await (const chunk of readContent(content)) writeFileSync(file, chunk);
    closeSync(file);
  }
  const iso = join(dir, `${rhcos}.iso`);
  execFileSync('xorriso', ['-as', 'mkisofs', '-quiet', '-rock', '-volid', layout.volumeId, '-o', iso, '-eltorito-boot', 'isolinux/isolinux.bin', '-eltorito-catalog', 'isolinux/boot.cat', '-no-emul-boot', '-boot-load-size', '4', tree]);
  const handle = await open(iso, 'r+');
  await writeDescriptors(handle, layout);
  await handle.close();
  await ensureBaseImage(store, rhcos, { url: `file://${iso}` });
}

async function look(address: ImageAddress): Promise<{ volume: IsoVolume; bytes: Buffer; file: (path: string) => Buffer }> {
  const bytes = await store.readObject(address);
  const volume = await readVolume(async (offset, length) => bytes.subarray(offset, offset + length));
  return { volume, bytes, file: (path) => bytes.subarray(getExtent(volume, path).offset, getExtent(volume, path).offset + getExtent(volume, path).length) };
}

async function checkTemplate(rhcosVersion: string): Promise<void> {
  const { key, made, sizeBytes } = await ensureMinimalTemplate(store, { rhcosVersion, rootfsUrl }, run, signal);
  expect([key, made]).toEqual([`rhcos-${rhcosVersion}-minimal.iso`, true]);
  const [base, minimal] = [await look(baseImageAddress(rhcosVersion)), await look(minimalTemplateAddress(rhcosVersion))];
  expect(minimal.bytes.length).toBe(sizeBytes);
  expect(base.bytes.length - sizeBytes).toBeGreaterThan(5 * 1024 * 1024);
  expect(minimal.volume).toMatchObject({ volumeId: base.volume.volumeId, bootable: base.volume.bootable });

  // The same files but for the root file system and the room for the RAM disk; only the configurations differ.
  const ramDisk = nameOnVolume(minimal.volume, 'images/assisted_installer_custom.img');
  expect([...minimal.volume.files.keys()].sort()).toEqual([...base.volume.files.keys(), ramDisk].filter((path) => path !== 'IMAGES/PXEBOOT/ROOTFS.IMG').sort());
  const changed = [nameOnVolume(base.volume, 'coreos/kargs.json'), 'EFI/REDHAT/GRUB.CFG', 'ISOLINUX/ISOLINUX.CFG', 'ISOLINUX/BOOT.CAT', 'ISOLINUX/ISOLINUX.BIN'];
  for (const path of minimal.volume.files.keys()) if (path !== ramDisk && !changed.includes(path)) expect([path, minimal.file(path).equals(base.file(path))]).toEqual([path, true]);
  expect(minimal.file(ramDisk).equals(Buffer.alloc(1024 * 1024))).toBe(true);
  expect(String(minimal.file('EFI/redhat/grub.cfg'))).toContain('initrd /images/pxeboot/initrd.img /images/ignition.img /images/assisted_installer_custom.img\n');
  expect(String(minimal.file('isolinux/isolinux.cfg'))).toContain('initrd=/images/pxeboot/initrd.img,/images/ignition.img,/images/assisted_installer_custom.img rw');

  // Every description of an area points to it.
  const info = await createBaseImageInspector(store)(minimalTemplateAddress(rhcosVersion));
  expect(info).toMatchObject({ embedArea: getExtent(minimal.volume, 'images/ignition.img'), ramDiskArea: getExtent(minimal.volume, ramDisk) });
  const kargs = JSON.parse(String(minimal.file('coreos/kargs.json'))) as { default: string; size: number; files: { path: string; offset: number }[] };
  expect(kargs.default).toMatch(new RegExp(`^coreos\\.live\\.rootfs_url=${rootfsUrl} ignition\\.firstboot `));
  const offsets = kargs.files.map(({ path, offset }) => getExtent(minimal.volume, path).offset + offset);
  for (const offset of offsets) expect(minimal.bytes.toString('latin1', offset, offset + kargs.size)).toBe(`${kargs.default}\n`.padEnd(kargs.size, '#'));
  expect(parseKernelArgumentDescriptor(minimal.bytes.subarray(32_672, 32_744))).toEqual({ areaBytes: kargs.size, defaultOffset: offsets[0], offsets });

  expect(await ensureMinimalTemplate(store, { rhcosVersion, rootfsUrl }, run, signal)).toEqual({ key, sizeBytes, made: false });
  expect(await ensureMinimalTemplate(store, { rhcosVersion, rootfsUrl: `${rootfsUrl}.new` }, run, signal)).toMatchObject({ made: true });
}

describe('a minimal template', () => {
  it('has the layout of its base without the root file system, also without any tool', () => checkTemplate('plain'));

  it.skipIf(!hasXorriso)('of an image that boots is written by xorriso', async () => {
    await publishBootableBase('bootable');
    await expect(ensureMinimalTemplate(store, { rhcosVersion: 'bootable', rootfsUrl }, withoutTools, signal)).rejects.toThrow(/xorriso cannot be started.*apt-get install xorriso/);
    await checkTemplate('bootable');
  });

  it('is refused without an address that a booting machine could use, and without a base', async () => {
    await expect(ensureMinimalTemplate(store, { rhcosVersion: 'plain', rootfsUrl: 'file:///rootfs.img' }, run, signal)).rejects.toMatchObject({ name: 'ImageError' });
    await expect(ensureMinimalTemplate(store, { rhcosVersion: 'absent', rootfsUrl }, run, signal)).rejects.toMatchObject({ name: 'BaseImageMissing' });
  });

  it('that the storage does not take leaves nothing open or behind of the file it was written to', async () => {
    const scratch = mkdtempSync(join(tmpdir(), 'minimal-scratch-'));
    vi.stubEnv('TMPDIR', scratch);
    const stillOpen = (): string[] => readdirSync('/proc/self/fd').flatMap((fd) => {
      try {
        return [readlinkSync(`/proc/self/fd/${fd}`)].filter((path) => path.startsWith(scratch));
      } catch {
        return [];
      }
    });
    try {
      const refused = createStore({ ...options, publicBucket: `${options.publicBucket}-gone` });
      const reading = { headObject: store.headObject, readRange: store.readRange, uploadFile: refused.uploadFile };
      await expect(ensureMinimalTemplate(reading, { rhcosVersion: 'plain', rootfsUrl: `${rootfsUrl}.refused` }, run, signal)).rejects.toMatchObject({ type: 'Rejected' });
      refused.close();
      expect([readdirSync(scratch), stillOpen()]).toEqual([[], []]);
    } finally {
      vi.unstubAllEnvs();
      rmSync(scratch, { recursive: true, force: true });
    }
  });

  it('finds its root file system in the public bucket, copied out of the base', async () => {
    expect(await ensureRootfs(store, 'plain', signal)).toEqual({ key: 'rhcos-plain-rootfs.img', made: true });
    const base = await look(baseImageAddress('plain'));
    expect((await store.readObject(rootfsAddress('plain'))).equals(base.file('images/pxeboot/rootfs.img'))).toBe(true);
    expect(await ensureRootfs(store, 'plain', signal)).toMatchObject({ made: false });
  });
});

describe('the minimal image of a cluster', () => {
  it('is its template with the ignition and the RAM disk in it', async () => {
    const maker = createImageMaker({ store, agent: settings.agent, agentStartTimeoutSeconds: 180, connections: createBuiltinConnections(), findRhcosVersion: () => 'plain', agentTokenOf: async () => 'token' });
    const staticNetworkConfig = 'interfaces: [{name: eth0, type: ethernet, ipv4: {enabled: true, dhcp: true}}]HHHHH02:00:00:00:00:01=eth0';
    const order = { clusterId, snapshot: makeSnapshot([], { httpProxy: 'http://proxy:3128' }), pullSecret: '{}', sshPublicKey: '', imageType: 'minimal-iso' as const, staticNetworkConfig };
    const { sizeBytes } = await maker.build(order, signal);
    const [template, image] = [await look(minimalTemplateAddress('plain')), await look(discoveryImageAddress(clusterId))];
    expect([image.bytes.length, template.bytes.length]).toEqual([sizeBytes, sizeBytes]);
    const [config] = unpackCpio(gunzipSync(image.file('images/ignition.img')));
    expect(config).toMatchObject({ name: 'config.ign' });
    const ramDisk = unpackCpio(gunzipSync(image.file('images/assisted_installer_custom.img'))).filter(({ mode }) => (mode & 0o100000) !== 0).map(({ name, mode }) => [name, mode.toString(8)]);
    expect(ramDisk).toEqual([
      ['etc/assisted/network/host0/eth0.nmconnection', '100600'],
      ['etc/assisted/network/host0/mac_interface.ini', '100600'],
      ['etc/systemd/system/coreos-livepxe-rootfs.service.d/10-proxy.conf', '100664'],
      ['usr/lib/dracut/hooks/initqueue/settled/90-assisted-pre-static-network-config.sh', '100755'],
    ]);
    expect(config?.content.toString()).not.toContain('nmconnection');

    const [{ embedArea, ramDiskArea }] = [await createBaseImageInspector(store)(discoveryImageAddress(clusterId))];
    for (const area of [embedArea, ramDiskArea]) {
      if (!area) throw new Error('no area');
      image.bytes.fill(0, area.offset, area.offset + area.length);
    }
    expect(image.bytes.equals(template.bytes)).toBe(true);

    // Built again without network and proxy, nothing of the former RAM disk is left.
    await maker.build({ ...order, snapshot: makeSnapshot(), staticNetworkConfig: '' }, signal);
    expect((await look(discoveryImageAddress(clusterId))).file('images/assisted_installer_custom.img').equals(Buffer.alloc(1024 * 1024))).toBe(true);
  });

  it.skipIf(coreosInstaller === undefined)('is read by coreos-installer', async () => {
    const file = join(dir, 'minimal.iso');
    writeFileSync(file, await store.readObject(discoveryImageAddress(clusterId)));
    const tool = (...args: string[]) => execFileSync(coreosInstaller ?? '', ['iso', ...args, file], { encoding: 'utf8' });
    expect(JSON.parse(tool('ignition', 'show'))).toMatchObject({ ignition: { version: '3.1.0' } });
    expect(tool('kargs', 'show')).toMatch(/^coreos\.live\.rootfs_url=\S+ ignition\.firstboot /);
  });
  if (coreosInstaller === undefined) process.stderr.write('coreos-installer is not installed: that it reads our images is NOT tested (cargo install coreos-installer --locked)\n');
});
