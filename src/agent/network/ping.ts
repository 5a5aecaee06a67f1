import type { Machine } from '../machine/machine';

export interface PingResult {
  successful: boolean;
  averageRttMs: number;
  lossPercentage: number;
}

const count = 10;

/** Ten echo requests to an address through an interface. */
export async function ping(machine: Machine, nic: string, address: string, signal: AbortSignal): Promise<PingResult> {
  const family = address.includes(':') ? '-6' : '-4';
  const result = await machine.run('ping', [family, '-c', String(count), '-i', '0.2', '-W', '2', '-q', '-I', nic, address], { signal, timeoutMs: 30_000 });
  if (result.end === 'not-started') throw new Error(`ping: ${result.reason}`);
  return readPing(result.stdout);
}

/** What ping prints at its end: `…, 0% packet loss, …` and `rtt min/avg/max/mdev = 0.1/0.2/0.3/0.0 ms`. */
function readPing(text: string): PingResult {
  const loss = /([\d.]+)% packet loss/.exec(text)?.[1];
  const average = /min\/avg\/max(?:\/mdev)? = [\d.]+\/([\d.]+)\//.exec(text)?.[1];
  return { successful: average !== undefined, averageRttMs: Number(average ?? 0), lossPercentage: Number(loss ?? 100) };
}
