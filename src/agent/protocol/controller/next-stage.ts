import type { HostStage } from '../../../domain/host/stage';
import type { HostStatus } from '../../../domain/host/status';
import type { KnownHost } from './known-host';
import type { ClusterNode } from './new-cluster';

const installing: readonly HostStatus[] = ['installing', 'installing-in-progress', 'installing-pending-user-action'];
const restarted: readonly (HostStage | '')[] = ['Rebooting', 'Waiting for ignition'];

/** The node that a host has become: by its name, else by its address. */
export function findNode(host: KnownHost, nodes: readonly ClusterNode[]): ClusterNode | undefined {
  return nodes.find((node) => node.name.toLowerCase() === host.name) ?? nodes.find((node) => node.addresses.some((address) => host.addresses.includes(address)));
}

/** Whether a line names an address: 10.0.0.1 is no part of 10.0.0.12, nor fd00::5 of fd00::5:1. Behind an IPv4 address may stand a port. */
function namesAddress(line: string, address: string): boolean {
  const isPart = address.includes(':') ? /[\da-fA-F:.]/ : /[\da-fA-F.]/;
  for (let at = line.indexOf(address); at >= 0; at = line.indexOf(address, at + 1)) {
    if (!isPart.test(line[at - 1] ?? '') && !isPart.test(line[at + address.length] ?? '')) return true;
  }
  return false;
}

/** Has a host fetched its configuration? A line of the servers' logs names the address that asked and Ignition as its program. */
export function hasFetchedIgnition(host: KnownHost, logs: string): boolean {
  const isOfHost = (line: string): boolean => host.addresses.some((address) => address !== '' && namesAddress(line, address));
  return logs.split('\n').some((line) => line.includes('Ignition') && isOfHost(line));
}

/** What the new cluster shows of a host that the service does not know yet; undefined when there is nothing new. */
export function nextStage(host: KnownHost, nodes: readonly ClusterNode[], ignitionLogs: string): HostStage | undefined {
  if (!installing.includes(host.status)) return undefined;
  const node = findNode(host, nodes);
  if (node?.ready) return host.stage === 'Done' ? undefined : 'Done';
  if (node && host.stage === 'Configuring') return 'Joined';
  // A node cannot be there without its configuration: the logs of a server that is gone are not missed.
  if (restarted.includes(host.stage) && (node || hasFetchedIgnition(host, ignitionLogs))) return 'Configuring';
  return undefined;
}
