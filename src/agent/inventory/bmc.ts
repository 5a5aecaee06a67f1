import { familyOf } from '../../domain/network/address';
import type { Machine } from '../machine/machine';
import { exists } from '../machine/read';

const none = { bmc_address: '0.0.0.0', bmc_v6address: '::/0' };

/** Addresses of the management controller; the unspecified ones when the machine has none or can't ask it. */
export async function readBmc(machine: Machine): Promise<{ bmc_address: string; bmc_v6address: string }> {
  if (!(await exists(machine, '/dev/ipmi0')) || !machine.has('ipmitool')) return none;
  const [v4, v6] = await Promise.all([
    machine.run('ipmitool', ['lan', 'print'], { timeoutMs: 1_500 }),
    machine.run('ipmitool', ['lan6', 'print'], { timeoutMs: 1_500 }),
  ]);
  const address = /^IP Address\s+:\s*(\S+)/m.exec(v4.stdout)?.[1] ?? '';
  const addresses = [...v6.stdout.matchAll(/^\s*Address\s*:\s*(\S+)/gm)].flatMap((match) => match[1] ?? []);
  return {
    bmc_address: familyOf(address) === 4 ? address : none.bmc_address,
    bmc_v6address: addresses.find((text) => familyOf(text) === 6 && !text.startsWith('::/')) ?? none.bmc_v6address,
  };
}
