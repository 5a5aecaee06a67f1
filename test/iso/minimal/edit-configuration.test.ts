import { describe, expect, it } from 'vitest';
import { ImageError } from '../../../src/iso/image-error';
import { editConfiguration } from '../../../src/iso/minimal/edit-configuration';

const rootfsUrl = 'http://mirror.example/rootfs.img';
const ramDiskPath = '/images/extra.img';
const areaBytes = 120;
const defaults = 'coreos.liveiso=rhcos-48 ignition.firstboot console=ttyS0';
const area = (text: string, pad = '#') => `${text}\n`.padEnd(areaBytes, pad);

function edit(head: string, tail: string, pad = '#') {
  const result = editConfiguration(Buffer.from(head + area(defaults, pad) + tail), {
    rootfsUrl, ramDiskPath, areaBytes, area: { path: 'x', offset: Buffer.byteLength(head), end: '\n', pad },
  });
  return { ...result, text: result.text.toString() };
}

describe('the configuration of a boot loader', () => {
  const edited = 'coreos.live.rootfs_url=http://mirror.example/rootfs.img ignition.firstboot console=ttyS0';

  it('of grub gets its arguments in the area, and the RAM disk behind it', () => {
    const head = 'menuentry {\n\tlinux /images/pxeboot/vmlinuz rw ';
    const { text, area: moved, arguments: args } = edit(head, '# COREOS_KARG_EMBED_AREA\n\tinitrd /images/pxeboot/initrd.img /images/ignition.img\n}\n');
    expect(text).toBe(`${head}${area(edited)}# COREOS_KARG_EMBED_AREA\n\tinitrd /images/pxeboot/initrd.img /images/ignition.img /images/extra.img\n}\n`);
    expect([moved?.offset, args]).toEqual([head.length, edited]);
  });

  it('of isolinux gets the RAM disk before the area, which moves', () => {
    const head = 'label linux\n  kernel /images/pxeboot/vmlinuz\n  append initrd=/images/pxeboot/initrd.img,/images/ignition.img rw ';
    const { text, area: moved } = edit(head, '# COREOS_KARG_EMBED_AREA\n');
    expect(text).toBe(`${head.replace('ignition.img', 'ignition.img,/images/extra.img')}${area(edited)}# COREOS_KARG_EMBED_AREA\n`);
    expect(moved?.offset).toBe(head.length + ',/images/extra.img'.length);
  });

  it('keeps the padding that the image tells of, and what is beside the area in other alphabets', () => {
    const { text, area: moved } = edit('# Übersicht\n\tlinux /vmlinuz ', '\n\tinitrd /initrd.img\n', ' ');
    expect(Buffer.from(text).subarray(moved?.offset).toString()).toBe(`${area(edited, ' ')}\n\tinitrd /initrd.img /images/extra.img\n`);
  });

  it('without an area is changed where the arguments stand', () => {
    const grub = 'linuxefi /vmlinuz coreos.liveiso=rhcos-46 ignition.firstboot\ninitrdefi /initrd.img\n';
    const isolinux = '  append initrd=/initrd.img,/ignition.img coreos.liveiso=rhcos-46 ignition.firstboot\n';
    const plain = (text: string) => editConfiguration(Buffer.from(text), { rootfsUrl, ramDiskPath, area: undefined, areaBytes: 0 }).text.toString();
    expect(plain(grub)).toBe(`linuxefi /vmlinuz coreos.live.rootfs_url=${rootfsUrl} ignition.firstboot\ninitrdefi /initrd.img /images/extra.img\n`);
    expect(plain(isolinux)).toBe(`  append coreos.live.rootfs_url=${rootfsUrl} initrd=/initrd.img,/ignition.img,/images/extra.img ignition.firstboot\n`);
  });

  it('refuses arguments that do not fit', () => {
    const long = { rootfsUrl: `http://mirror.example/${'x'.repeat(areaBytes)}`, ramDiskPath, areaBytes, area: { path: 'x', offset: 0, end: '\n', pad: '#' } };
    expect(() => editConfiguration(Buffer.from(area(defaults)), long)).toThrow(ImageError);
    expect(() => editConfiguration(Buffer.from('short'), { ...long, rootfsUrl })).toThrow('outside of the file');
  });
});
