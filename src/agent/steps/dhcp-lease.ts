import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeProgramEnd } from '../../domain/program/describe-program-end';
import type { Machine } from '../machine/machine';
import { askByDhclient } from '../network/dhcp/ask-by-dhclient';
import { askByUdhcpc, findUdhcpc } from '../network/dhcp/ask-by-udhcpc';
import type { AskForLease, Lease } from '../network/dhcp/dhcp-client';
import { findJson } from '../protocol/find-json';
import { isRecord } from '../protocol/is-record';
import { fail, succeed } from '../protocol/step-answer';
import type { DhcpAllocationRequest, DhcpAllocationResponse } from '../protocol/step-payloads';
import type { RunStep, StepContext } from './step-context';

const interfaceName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,14}$/;
const macAddress = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i;

function isRequest(value: unknown): value is DhcpAllocationRequest {
  if (!isRecord(value)) return false;
  const matches = (name: string, pattern: RegExp): boolean => typeof value[name] === 'string' && pattern.test(value[name]);
  const isText = (name: string): boolean => value[name] === undefined || value[name] === null || typeof value[name] === 'string';
  if (!isText('api_vip_lease') || !isText('ingress_vip_lease')) return false;
  return matches('interface', interfaceName) && matches('api_vip_mac', macAddress) && matches('ingress_vip_mac', macAddress);
}

/** The client of this machine; undefined where it has none. */
function findClient(machine: Machine): AskForLease | undefined {
  if (machine.has('dhclient')) return askByDhclient;
  return findUdhcpc(machine) && askByUdhcpc;
}

/** Gets leases for the two virtual addresses from the DHCP server of an interface's network, under their hardware addresses. */
export const dhcpLease: RunStep = async (args, context) => {
  const request = findJson(args, isRequest);
  const ask = findClient(context.machine);
  if (ask === undefined) return fail(127, 'neither dhclient nor udhcpc is installed on this machine: it can ask for no lease');
  if (!context.machine.has('ip')) return fail(127, 'ip is not installed on this machine: it can ask for no lease');
  const api = await lease('api-vip', request.interface, request.api_vip_mac, request.api_vip_lease, ask, context);
  const ingress = await lease('ingress-vip', request.interface, request.ingress_vip_mac, request.ingress_vip_lease, ask, context);
  const response: DhcpAllocationResponse = { api_vip_address: api.address, ingress_vip_address: ingress.address, api_vip_lease: api.text, ingress_vip_lease: ingress.text };
  return succeed(response);
};

/** A lease that names the interface it is for: the one that asks exists no longer than it has to. */
async function lease(link: string, parent: string, mac: string, earlier: string | undefined, ask: AskForLease, { machine, signal }: StepContext): Promise<Lease> {
  const folder = await mkdtemp(join(tmpdir(), 'agent-lease-'));
  try {
    await machine.run('ip', ['link', 'delete', link], { signal });
    const added = await machine.run('ip', ['link', 'add', 'link', parent, 'name', link, 'address', mac, 'type', 'macvlan', 'mode', 'bridge'], { signal });
    if (added.end !== 'exited' || added.code !== 0) throw new Error(`ip ${describeProgramEnd(added)}`);
    await machine.run('ip', ['link', 'set', link, 'up'], { signal });
    const { address, text } = await ask(machine, { link, earlier: earlier ?? '', folder, signal });
    return { address, text: text.replace(`interface "${link}"`, `interface "${parent}"`) };
  } catch (error) {
    signal.throwIfAborted();
    throw new Error(`no lease for ${mac} on ${parent}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  } finally {
    await machine.run('ip', ['link', 'delete', link]);
    await rm(folder, { recursive: true, force: true });
  }
}
