import type { Host } from '../../host/model';
import type { HostStatus } from '../../host/status';
import { addressOf } from '../../network/address';
import { podmanRun } from '../podman-run';
import type { StepBuilder } from '../step';

const unreachable: readonly HostStatus[] = ['discovering', 'disabled', 'disconnected'];

/** Asks which of the other hosts can be reached, from which interface and how well. */
export const buildConnectivityCheck: StepBuilder = ({ snapshot, host, settings: { agent } }) => {
  const others = snapshot.hosts
    .filter((other) => other.id !== host.id && !unreachable.includes(other.status) && other.facts.inventory !== undefined)
    .map((other) => ({ host_id: other.id, nics: interfacesOf(other) }));
  if (others.length === 0) return undefined;
  return { stepType: 'connectivity-check', command: 'podman', args: podmanRun(agent.agentImage, ['connectivity_check', JSON.stringify(others)]) };
};

function interfacesOf(host: Host): { name: string; mac: string; ip_addresses: string[] }[] {
  return (host.facts.inventory?.interfaces ?? []).map((nic) => ({
    name: nic.name ?? '',
    mac: nic.mac_address ?? '',
    ip_addresses: [...(nic.ipv4_addresses ?? []), ...(nic.ipv6_addresses ?? [])].flatMap((address) => addressOf(address) ?? []),
  }));
}
