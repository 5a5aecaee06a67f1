import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeBaseImages, type BaseImageOptions } from '../../../src/dev/base-image/make-base-images';
import { readHandle } from '../../../src/iso/format/read-handle';
import { readVolume } from '../../../src/iso/format/read-volume';
import { descriptorOffset, parseEmbedArea } from '../../../src/iso/embed-area';

const rhcos = '48.84.202109241901-0';
const dir = mkdtempSync(join(tmpdir(), 'base-images-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Images on a machine without any of the tools. */
async function make(changes: Partial<BaseImageOptions> = {}) {
  const lines: string[] = [];
  const images = await makeBaseImages({
    dir, versions: [{ openshift: '4.8', rhcos }], log: (line) => lines.push(line), searchPath: join(dir, 'no-tools'), ...changes,
  });
  const image = images[rhcos];
  if (!image) throw new Error('no image');
  return { image, lines };
}

async function readFiles(path: string, names: string[]): Promise<Record<string, { offset: number; bytes: Buffer }>> {
  const handle = await open(path);
  const image = readFileSync(path);
  try {
    const { files } = await readVolume(readHandle(handle));
    const entries = await Promise.all(names.map(async (name) => {
      const place = files.get(name.toUpperCase());
      return place ? [[name, { offset: place.offset, bytes: image.subarray(place.offset, place.offset + place.length) }] as const] : [];
    }));
    return Object.fromEntries(entries.flat());
  } finally {
    await handle.close();
  }
}

it.runIf(process.arch === 'x64')('a live system that could not be made though the tools are there is tried again', async () => {
  const failing = join(dir, 'failing');
  const searchPath = join(dir, 'all-tools');
  mkdirSync(searchPath);
  for (const tool of ['xorrisofs', 'grub-mkimage', 'mmd', 'mcopy', 'mkfs.vfat', 'zstd', 'apt-get', 'apt-cache', 'dpkg-deb']) writeFileSync(join(searchPath, tool), '', { mode: 0o755 });
  mkdirSync(failing);
  writeFileSync(join(failing, 'live-system'), 'where a directory should be');
  for (const attempt of ['first', 'second']) {
    const { image, lines } = await make({ dir: failing, searchPath });
    expect(image.bootable, attempt).toBe(false);
    expect(lines[0], attempt).toMatch(/EEXIST.*do not boot. The next start tries again/);
  }
});

describe('a base image without the tools for a bootable one', () => {
  it('has the layout of a live image, and the log names what is missing and how to get it', async () => {
    const { image, lines } = await make();
    expect(image.bootable).toBe(false);
    expect(lines.join('\n')).toMatch(/xorrisofs.*do not boot.*apt-get install -y --no-install-recommends xorriso grub-common mtools dosfstools/);

    const bytes = readFileSync(image.path);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(image.sha256);
    const names = ['coreos/igninfo.json', 'coreos/kargs.json', 'images/ignition.img', 'images/pxeboot/vmlinuz', 'images/pxeboot/initrd.img', 'images/pxeboot/rootfs.img', 'isolinux/isolinux.cfg', 'EFI/redhat/grub.cfg'];
    const files = await readFiles(image.path, names);
    expect(Object.keys(files)).toEqual(names);
    expect(JSON.parse(String(files['coreos/igninfo.json']?.bytes))).toEqual({ file: 'images/ignition.img' });

    const area = parseEmbedArea(bytes.subarray(descriptorOffset, 32_768), bytes.length);
    expect(area).toEqual({ offset: files['images/ignition.img']?.offset, length: 262_144 });
    expect(bytes.subarray(area.offset, area.offset + area.length).equals(Buffer.alloc(area.length))).toBe(true);
  });

  it('says where its kernel arguments are, in both places alike', async () => {
    const { image } = await make();
    const bytes = readFileSync(image.path);
    const files = await readFiles(image.path, ['coreos/kargs.json', 'isolinux/isolinux.cfg', 'EFI/redhat/grub.cfg']);
    const kargs = JSON.parse(String(files['coreos/kargs.json']?.bytes)) as { default: string; size: number; files: { path: string; offset: number }[] };
    const offsets = kargs.files.map(({ path, offset }) => (files[path]?.offset ?? 0) + offset);
    expect(bytes.toString('latin1', 32_672, 32_680)).toBe('coreKarg');
    expect([0, 1, 2, 3].map((index) => Number(bytes.readBigUInt64LE(32_680 + 8 * index)))).toEqual([kargs.size, offsets[0], ...offsets]);
    for (const offset of offsets) {
      const text = bytes.toString('latin1', offset, offset + kargs.size);
      expect(text).toMatch(/^coreos\.liveiso=rhcos-48\.84\.202109241901-0 .*\n#+$/);
      expect(text.startsWith(kargs.default)).toBe(true);
    }
  });

  it('is a volume of ISO 9660 of whole sectors', async () => {
    const { image } = await make();
    const bytes = readFileSync(image.path);
    const descriptor = bytes.subarray(16 * 2048, 17 * 2048);
    expect(descriptor.toString('latin1', 0, 7)).toBe('\x01CD001\x01');
    expect(descriptor.toString('latin1', 40, 72).trim()).toBe(`rhcos-${rhcos}`);
    expect(descriptor.readUInt32LE(80) * 2048).toBe(bytes.length);
    expect(bytes.toString('latin1', 17 * 2048, 17 * 2048 + 6)).toBe('\xffCD001');
    expect(await readFiles(image.path, ['coreos', 'absent.txt', 'coreos/kargs.json/x'])).toEqual({});
  });

  it('is found the second time, and made again when it is damaged or asked for in another size', async () => {
    const first = await make();
    const again = await make();
    expect(again).toEqual({ image: first.image, lines: [] });
    truncateSync(first.image.path, 1000);
    expect((await make()).image.sha256).toBe(first.image.sha256);
    const padded = await make({ padMib: 3 });
    expect(padded.image.path).not.toBe(first.image.path);
    expect(statSync(padded.image.path).size - statSync(first.image.path).size).toBeGreaterThanOrEqual(3 * 1024 * 1024);
    const rootfs = (await readFiles(padded.image.path, ['images/pxeboot/rootfs.img']))['images/pxeboot/rootfs.img']?.bytes;
    expect(new Set(rootfs?.subarray(-4096)).size).toBeGreaterThan(200);
  });
});
