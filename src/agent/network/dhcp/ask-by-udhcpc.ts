import { describeProgramEnd } from '../../../domain/program/describe-program-end';
import type { Machine } from '../../machine/machine';
import { addressOfLease, leaseMs, type AskForLease } from './dhcp-client';

/** By its own name or as a part of busybox; undefined where neither is. */
export function findUdhcpc(machine: Machine): readonly [program: string, ...args: string[]] | undefined {
  if (machine.has('udhcpc')) return ['udhcpc'];
  return machine.has('busybox') ? ['busybox', 'udhcpc'] : undefined;
}

/** The client of small live systems. It tells of its lease where it logs, and ends. */
export const askByUdhcpc: AskForLease = async (machine, { link, earlier, signal }) => {
  const [program = 'udhcpc', ...applet] = findUdhcpc(machine) ?? [];
  const before = addressOfLease(earlier);
  // -C: the lease is for the hardware address alone, as it is when dhclient asks for it again on the installed host.
  const args = [...applet, '-f', '-q', '-n', '-C', '-t', '5', '-T', '3', '-s', '/bin/true', '-i', link, ...(before === undefined ? [] : ['-r', before])];
  const asked = await machine.run(program, args, { signal, timeoutMs: leaseMs });
  if (asked.end !== 'exited' || asked.code !== 0) throw new Error(`udhcpc ${describeProgramEnd(asked)}`);
  const [, address, server, seconds] = /lease of ([0-9.]+) obtained(?: from ([0-9.]+))?, lease time (\d+)/.exec(`${asked.stdout}\n${asked.stderr}`) ?? [];
  if (address === undefined) throw new Error('udhcpc told of no lease');
  return { address, text: writeLease(link, address, server, Number(seconds), machine.now()) };
};

/** The text that dhclient would have written down; its times are those of RFC 2131. */
function writeLease(link: string, address: string, server: string | undefined, seconds: number, now: Date): string {
  const after = (share: number): string => {
    const date = new Date(now.getTime() + seconds * share * 1000);
    const [day = '', time = ''] = date.toISOString().split('T');
    return `${date.getUTCDay()} ${day.replaceAll('-', '/')} ${time.slice(0, 8)}`;
  };
  return [
    'lease {', `  interface "${link}";`, `  fixed-address ${address};`, `  option dhcp-lease-time ${seconds};`,
    ...(server === undefined ? [] : [`  option dhcp-server-identifier ${server};`]),
    `  renew ${after(0.5)};`, `  rebind ${after(0.875)};`, `  expire ${after(1)};`, '}',
  ].join('\n');
}
