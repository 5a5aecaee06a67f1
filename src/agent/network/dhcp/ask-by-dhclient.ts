import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describeProgramEnd } from '../../../domain/program/describe-program-end';
import { addressOfLease, leaseMs, type AskForLease, type Lease } from './dhcp-client';

/** The client of the Internet Systems Consortium. */
export const askByDhclient: AskForLease = async (machine, { link, earlier, folder, signal }) => {
  const [leases, pid] = [join(folder, 'leases'), join(folder, 'pid')];
  // The file must name the interface that asks.
  await writeFile(leases, earlier === '' ? '' : `${earlier.replace(/interface\s+"[^"]*"/, `interface "${link}"`)}\n`);
  try {
    const asked = await machine.run('dhclient', ['-1', '-4', '-sf', '/bin/true', '-lf', leases, '-pf', pid, link], { signal, timeoutMs: leaseMs });
    if (asked.end !== 'exited' || asked.code !== 0) throw new Error(`dhclient ${describeProgramEnd(asked)}`);
    return readLease(await readFile(leases, 'utf8'));
  } finally {
    await stopClient(pid);
  }
};

/** The last lease of a file. */
function readLease(text: string): Lease {
  const last = [...text.matchAll(/lease\s*\{[^}]*\}/g)].at(-1)?.[0];
  const address = last && addressOfLease(last);
  if (last === undefined || address === undefined) throw new Error('dhclient wrote down no lease');
  return { address, text: last };
}

/** Having got its lease the client goes on in the background to renew it. */
async function stopClient(pidFile: string): Promise<void> {
  const pid = Number(await readFile(pidFile, 'utf8').catch(() => ''));
  if (!Number.isInteger(pid) || pid <= 1) return;
  try {
    process.kill(pid, 'SIGTERM');
  } catch {
    // It has ended.
  }
}
