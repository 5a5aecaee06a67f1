const marker = '# COREOS_KARG_EMBED_AREA\n';
/** Room for kernel arguments in each boot loader's configuration. */
const areaBytes = 1139;

export interface KernelArgumentFiles {
  files: Record<string, string>;
  /** Path of a configuration → byte offset of the area in it. */
  areas: { path: string; offset: number }[];
  areaBytes: number;
}

/**
 * The boot loaders' configurations, both with an area that tools edit in place to change kernel arguments,
 * and coreos/kargs.json, which says where the areas are.
 */
export function renderKernelArguments(volumeId: string): KernelArgumentFiles {
  const defaults = `coreos.liveiso=${volumeId} ignition.firstboot ignition.platform.id=metal console=ttyS0,115200 random.trust_cpu=on`;
  const area = `${defaults}\n${'#'.repeat(areaBytes - defaults.length - 1)}`;
  const grubHead = [
    'serial --unit=0 --speed=115200',
    'terminal_input serial console',
    'terminal_output serial console',
    'set timeout=0',
    "menuentry 'RHEL CoreOS (Live)' --class fedora {",
    '\tlinux /images/pxeboot/vmlinuz rw ',
  ].join('\n');
  const isolinuxHead = [
    'serial 0 115200',
    'default linux',
    'prompt 0',
    'timeout 1',
    'label linux',
    '  menu label ^RHEL CoreOS (Live)',
    '  menu default',
    '  kernel /images/pxeboot/vmlinuz',
    '  append initrd=/images/pxeboot/initrd.img,/images/ignition.img rw ',
  ].join('\n');
  const areas = [
    { path: 'EFI/redhat/grub.cfg', offset: grubHead.length },
    { path: 'isolinux/isolinux.cfg', offset: isolinuxHead.length },
  ];
  return {
    files: {
      'EFI/redhat/grub.cfg': `${grubHead}${area}${marker}\tinitrd /images/pxeboot/initrd.img /images/ignition.img\n}\n`,
      'isolinux/isolinux.cfg': `${isolinuxHead}${area}${marker}`,
      'coreos/kargs.json': `${JSON.stringify({ default: defaults, files: areas, size: areaBytes }, null, 4)}\n`,
    },
    areas,
    areaBytes,
  };
}
