import type { Inventory } from '../../domain/host/inventory';
import type { Machine } from '../machine/machine';
import { readText } from '../machine/read';

const dmi = '/sys/class/dmi/id';
const virtualNames = /\b(KVM|QEMU|VirtualBox|VMware|Virtual Machine|RHEV|oVirt|OpenStack|Xen|HVM domU|Bochs|Amazon EC2|Google Compute Engine|BHYVE|Parallels)\b/i;

/** Who made the machine, and whether it is a virtual one: its names say so, or its processor tells of a hypervisor. */
export async function readSystemVendor(machine: Machine, cpuFlags: readonly string[]): Promise<NonNullable<Inventory['system_vendor']>> {
  const read = (name: string): Promise<string> => readText(machine, `${dmi}/${name}`);
  const [manufacturer, product, serial] = await Promise.all([read('sys_vendor'), read('product_name'), read('product_serial')]);
  return {
    manufacturer,
    product_name: product,
    serial_number: serial,
    virtual: cpuFlags.includes('hypervisor') || virtualNames.test(`${manufacturer} ${product}`),
  };
}
