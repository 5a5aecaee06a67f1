import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Address of the clients that are behind the slow link; what is sent to it is shaped. */
const clientAddress = '127.0.0.9';
const marker = 'BENCH_CLIENT_ADDRESS';

/** In a network of its own, so that nothing of it is left behind: what the loopback device sends to the clients passes a token bucket. */
const script = `
set -e
ip link set lo up
tc qdisc add dev lo root handle 1: htb default 0
tc class add dev lo parent 1: classid 1:1 htb rate "$1" burst 4mb quantum 200000
tc filter add dev lo parent 1: protocol ip u32 match ip dst ${clientAddress}/32 flowid 1:1
shift
exec "$@"`;

/** Address that clients are to use in this process; undefined: any. */
export function linkedClient(): string | undefined {
  return process.env[marker];
}

/** Runs this program again behind a link of that speed. Resolves with its exit code. */
export async function rerunBehindLink(rate: string): Promise<number> {
  const args = ['-n', 'sh', '-c', script, 'sh', rate, process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const child = spawn('unshare', args, { stdio: 'inherit', env: { ...process.env, [marker]: clientAddress } });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}
