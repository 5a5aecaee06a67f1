import { describeProgramEnd } from '../../domain/program/describe-program-end';
import type { Machine } from '../machine/machine';
import { inParallel } from '../machine/in-parallel';
import { arping } from './arping';

const arpingsAtOnce = 64;
const nmapSeconds = 300;

/** Which of the addresses of an IPv4 network somebody on the link of an interface uses. `network` is the CIDR of `addresses`. */
export async function scanNetwork(machine: Machine, nic: string, network: string, addresses: readonly string[], signal: AbortSignal): Promise<Set<string>> {
  if (machine.has('nmap')) return scanByNmap(machine, nic, network, signal);
  if (!machine.has('arping')) throw new Error('neither nmap nor arping is installed on this machine');
  const answers = await inParallel(addresses, arpingsAtOnce, async (address) => ((await arping(machine, nic, address, 1, signal)).length > 0 ? [address] : []));
  return new Set(answers.flat());
}

async function scanByNmap(machine: Machine, nic: string, network: string, signal: AbortSignal): Promise<Set<string>> {
  const result = await machine.run('nmap', ['-sn', '-PR', '-n', '-oG', '-', '-e', nic, network], { signal, timeoutMs: nmapSeconds * 1000 });
  if (result.end !== 'exited' || result.code !== 0) throw new Error(`nmap ${describeProgramEnd(result)}`);
  return new Set([...result.stdout.matchAll(/^Host: (\S+) .*Status: Up/gm)].flatMap((match) => match[1] ?? []));
}
