import type { Inventory } from '../../domain/host/inventory';
import type { Machine } from '../machine/machine';
import { exists, readText } from '../machine/read';

/** How the machine was started; the interface is that of a network boot, as the boot loader passed it to the kernel. */
export async function readBoot(machine: Machine, interfaces: NonNullable<Inventory['interfaces']>): Promise<NonNullable<Inventory['boot']>> {
  const booted = /(?:^|\s)BOOTIF=(?:01-)?([0-9a-f]{2}(?:[-:][0-9a-f]{2}){5})/i.exec(await readText(machine, '/proc/cmdline'))?.[1];
  const mac = booted?.replaceAll('-', ':').toLowerCase();
  return {
    current_boot_mode: (await exists(machine, '/sys/firmware/efi')) ? 'uefi' : 'bios',
    pxe_interface: (mac !== undefined && interfaces.find((nic) => nic.mac_address === mac)?.name) || '',
  };
}
