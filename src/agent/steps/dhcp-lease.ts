import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeProgramEnd } from '../../domain/program/describe-program-end';
import { findJson } from '../protocol/find-json';
import { isRecord } from '../protocol/is-record';
import { fail, succeed } from '../protocol/step-answer';
import type { DhcpAllocationRequest, DhcpAllocationResponse } from '../protocol/step-payloads';
import type { RunStep, StepContext } from './step-context';

const leaseSeconds = 60;
const interfaceName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,14}$/;
const macAddress = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i;

function isRequest(value: unknown): value is DhcpAllocationRequest {
  if (!isRecord(value)) return false;
  const matches = (name: string, pattern: RegExp): boolean => typeof value[name] === 'string' && pattern.test(value[name]);
  return matches('interface', interfaceName) && matches('api_vip_mac', macAddress) && matches('ingress_vip_mac', macAddress);
}

/** Gets leases for the two virtual addresses from the DHCP server of an interface's network; dhclient asks under their hardware addresses. */
export const dhcpLease: RunStep = async (args, context) => {
  const request = findJson(args, isRequest);
  const missing = ['dhclient', 'ip'].find((program) => !context.machine.has(program));
  if (missing !== undefined) return fail(127, `${missing} is not installed on this machine: it can ask for no lease`);
  const api = await lease('api-vip', request.interface, request.api_vip_mac, request.api_vip_lease, context);
  const ingress = await lease('ingress-vip', request.interface, request.ingress_vip_mac, request.ingress_vip_lease, context);
  const response: DhcpAllocationResponse = { api_vip_address: api.address, ingress_vip_address: ingress.address, api_vip_lease: api.text, ingress_vip_lease: ingress.text };
  return succeed(response);
};

async function lease(link: string, parent: string, mac: string, earlier: string | undefined, { machine, signal }: StepContext): Promise<{ address: string; text: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'agent-lease-'));
  const [leases, pid] = [join(folder, 'leases'), join(folder, 'pid')];
  try {
    // The server gives a client that shows its lease the same address again; the file must name the interface that asks.
    await writeFile(leases, earlier ? `${earlier.replace(/interface\s+"[^"]*"/, `interface "${link}"`)}\n` : '');
    await machine.run('ip', ['link', 'delete', link], { signal });
    const added = await machine.run('ip', ['link', 'add', 'link', parent, 'name', link, 'address', mac, 'type', 'macvlan', 'mode', 'bridge'], { signal });
    if (added.end !== 'exited' || added.code !== 0) throw new Error(`no interface for ${mac} on ${parent}: ip ${describeProgramEnd(added)}`);
    await machine.run('ip', ['link', 'set', link, 'up'], { signal });
    // The address is not for this machine to use: nothing is configured.
    const asked = await machine.run('dhclient', ['-1', '-4', '-sf', '/bin/true', '-lf', leases, '-pf', pid, link], { signal, timeoutMs: leaseSeconds * 1000 });
    if (asked.end !== 'exited' || asked.code !== 0) throw new Error(`no lease for ${mac} on ${parent}: dhclient ${describeProgramEnd(asked)}`);
    return readLease(await readFile(leases, 'utf8'), parent, link);
  } finally {
    await stopClient(pid);
    await machine.run('ip', ['link', 'delete', link]);
    await rm(folder, { recursive: true, force: true });
  }
}

/** The last lease of a file of dhclient, told of the interface it is for. */
function readLease(text: string, parent: string, link: string): { address: string; text: string } {
  const last = [...text.matchAll(/lease\s*\{[^}]*\}/g)].at(-1)?.[0];
  const address = last && /fixed-address\s+([0-9.]+);/.exec(last)?.[1];
  if (last === undefined || address === undefined) throw new Error('dhclient wrote down no lease');
  return { address, text: last.replace(`interface "${link}"`, `interface "${parent}"`) };
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
