import { machineSize, type MachinePlan } from './machine-plan';

export interface MachineFiles {
  iso: string;
  disk: string;
  serialLog: string;
  /** Of UEFI: the firmware and this machine's own copy of its settings. */
  uefi: { code: string; settings: string } | undefined;
  /** Where the network's switch answers; undefined for a machine that has its network to itself. */
  networkSocket: string | undefined;
}

/** The emulator's arguments for one machine: it starts from its disk when that boots, else from the image in its drive. */
export function machineArguments({ serial, mac, diskSerial }: MachinePlan, { iso, disk, serialLog, uefi, networkSocket }: MachineFiles): string[] {
  const network = networkSocket === undefined ? 'user' : plug(networkSocket);
  return [
    ...['-machine', 'q35', '-accel', 'tcg', '-cpu', 'max', '-m', String(machineSize.memoryMib), '-nodefaults', '-display', 'none'],
    ...['-serial', `file:${serialLog}`, '-smbios', `type=1,serial=${serial}`, '-smbios', `type=2,serial=${serial}`],
    ...(uefi ? ['-drive', `if=pflash,format=raw,unit=0,readonly=on,file=${uefi.code}`, '-drive', `if=pflash,format=raw,unit=1,file=${uefi.settings}`] : []),
    ...['-drive', `if=none,id=disk,format=raw,file=${disk}`, '-device', `virtio-blk-pci,drive=disk,serial=${diskSerial},bootindex=0`],
    ...['-drive', `if=none,id=iso,media=cdrom,readonly=on,format=raw,file=${iso}`, '-device', 'ide-cd,drive=iso,bootindex=1'],
    ...['-netdev', `${network},id=net`, '-device', `virtio-net-pci,netdev=net,mac=${mac},romfile=`],
  ];
}

/** The emulator's arguments without a machine: it joins the network's switch with the way out, which also gives the machines their addresses. */
export function gatewayArguments(networkSocket: string): string[] {
  const port = (id: string, netdev: string): string[] => ['-netdev', `${netdev},id=${id}`, '-netdev', `hubport,id=port-${id},hubid=0,netdev=${id}`];
  return ['-machine', 'none', '-nodefaults', '-display', 'none', ...port('out', 'user'), ...port('switch', plug(networkSocket))];
}

function plug(networkSocket: string): string {
  return `stream,server=off,addr.type=unix,addr.path=${networkSocket}`;
}
