import type { Machine } from '../machine/machine';

/** The hardware addresses that answer for an IPv4 address on an interface's link, in lower case; none when nobody does. */
export async function arping(machine: Machine, nic: string, address: string, seconds: number, signal: AbortSignal): Promise<string[]> {
  const result = await machine.run('arping', ['-c', '3', '-w', String(seconds), '-I', nic, address], { signal, timeoutMs: (seconds + 5) * 1000 });
  if (result.end === 'not-started') throw new Error(`arping: ${result.reason}`);
  const macs = [...result.stdout.matchAll(/reply from \S+ \[([0-9a-f]{1,2}(?::[0-9a-f]{1,2}){5})\]/gi)].flatMap((match) => match[1] ?? []);
  // Some print bytes below 16 with one digit.
  return [...new Set(macs.map((mac) => mac.toLowerCase().split(':').map((byte) => byte.padStart(2, '0')).join(':')))];
}
