import type { InventoryInterface } from '../../domain/host/inventory';
import { addressOf, cidrContains, familyOf, parseAddress } from '../../domain/network/address';
import { readInterfaces } from '../inventory/interfaces';
import { inParallel } from '../machine/in-parallel';
import { arping } from '../network/arping';
import { findNeighbour } from '../network/neighbour';
import { ping } from '../network/ping';
import { findJson } from '../protocol/find-json';
import { isRecord } from '../protocol/is-record';
import { fail, succeed } from '../protocol/step-answer';
import type { ConnectivityCheckHost, ConnectivityReport } from '../protocol/step-payloads';
import type { RunStep, StepContext } from './step-context';

type Remote = ConnectivityReport['remote_hosts'][number];
interface Path {
  nic: string;
  /** Of this machine in the network of the remote address; empty when a router is between them. */
  outgoingAddress: string;
  address: string;
  remoteMac: string;
}

/** Hosts and addresses that are looked at side by side. */
const hostsAtOnce = 8;
const pathsAtOnce = 4;
const arpingSeconds = 3;

/** Some services write null for what is empty. */
const isListOf = (value: unknown, isItem: (item: unknown) => boolean): boolean => value === undefined || value === null || (Array.isArray(value) && value.every(isItem));
const isNic = (value: unknown): boolean => isRecord(value) && typeof value['mac'] === 'string' && isListOf(value['ip_addresses'], (address) => typeof address === 'string');
const isRequest = (value: unknown): value is ConnectivityCheckHost[] =>
  Array.isArray(value) && value.length > 0 && value.every((host) => isRecord(host) && typeof host['host_id'] === 'string' && isListOf(host['nics'], isNic));

/** Tells which addresses of the other hosts answer on the link and through the network, how fast and how reliably. */
export const connectivityCheck: RunStep = async (args, context) => {
  const { machine } = context;
  const hosts = findJson(args, isRequest);
  if (!machine.has('ping')) return fail(127, 'ping is not installed on this machine');
  const nics = (await readInterfaces(machine)).filter((nic) => nic.has_carrier === true);
  const report: ConnectivityReport = { remote_hosts: await inParallel(hosts, hostsAtOnce, (host) => checkHost(host, nics, context)) };
  return succeed(report);
};

async function checkHost(host: ConnectivityCheckHost, nics: readonly InventoryInterface[], context: StepContext): Promise<Remote> {
  const paths = (host.nics ?? []).flatMap(({ mac, ip_addresses: addresses }) => (addresses ?? []).flatMap((address) => findPaths(nics, address, mac)));
  // Through the network first: what was pinged is a known neighbour.
  const l3 = await inParallel(paths, pathsAtOnce, async ({ nic, address }) => ({ nic, address, ...(await ping(context.machine, nic, address, context.signal)) }));
  const onLink = paths.filter(({ outgoingAddress }) => outgoingAddress !== '');
  const l2 = await inParallel(onLink, pathsAtOnce, async (path) => ({ ...path, found: await askLink(path, context) }));
  return {
    host_id: host.host_id,
    l2_connectivity: l2.map(({ nic, outgoingAddress, address, remoteMac, found }) => ({
      outgoing_nic: nic, outgoing_ip_address: outgoingAddress, remote_ip_address: address, remote_mac: found[0] ?? '',
      // Another address than the host's own is another machine with its IP address, or a router that answers for it.
      successful: found.length === 1 && found[0] === remoteMac,
    })),
    l3_connectivity: l3.map(({ nic, address, successful, averageRttMs, lossPercentage }) => ({
      outgoing_nic: nic, remote_ip_address: address, successful, average_rtt_ms: averageRttMs, packet_loss_percentage: lossPercentage,
    })),
  };
}

/** The interfaces in the network of a remote address; without any, all that have an address of its family. What is no address is looked for nowhere. */
function findPaths(nics: readonly InventoryInterface[], address: string, mac: string): Path[] {
  if (parseAddress(address) === undefined) return [];
  const remoteMac = mac.toLowerCase();
  const cidrsOf = (nic: InventoryInterface): string[] => [...(nic.ipv4_addresses ?? []), ...(nic.ipv6_addresses ?? [])];
  const direct = nics.flatMap((nic) => {
    const own = cidrsOf(nic).find((cidr) => cidrContains(cidr, address));
    return own === undefined || nic.name === undefined ? [] : [{ nic: nic.name, outgoingAddress: addressOf(own) ?? '', address, remoteMac }];
  });
  if (direct.length > 0) return direct;
  const usable = nics.filter((nic) => cidrsOf(nic).some((cidr) => familyOf(cidr) === familyOf(address)));
  return usable.flatMap(({ name }) => (name === undefined ? [] : [{ nic: name, outgoingAddress: '', address, remoteMac }]));
}

/** Who answers for an address on the link: by ARP, and for IPv6 or without arping as the kernel found out when it was pinged. */
async function askLink({ nic, address }: Path, { machine, signal }: StepContext): Promise<string[]> {
  if (familyOf(address) === 4 && machine.has('arping')) return arping(machine, nic, address, arpingSeconds, signal);
  const mac = await findNeighbour(machine, nic, address);
  return mac === undefined ? [] : [mac];
}
