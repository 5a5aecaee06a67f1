import type { HostStage } from '../../../domain/host/stage';
import type { HostStatus } from '../../../domain/host/status';
import type { Inventory } from '../../../domain/host/inventory';
import type { WireHost } from '../wire-cluster';

/** A host of the service as the new cluster knows it. */
export interface KnownHost {
  id: string;
  /** The name of its node: lower case. */
  name: string;
  /** Without prefix length. */
  addresses: string[];
  status: HostStatus;
  stage: HostStage | '';
}

function parseInventory(text: string | undefined): Inventory {
  if (!text) return {};
  try {
    return (JSON.parse(text) as Inventory | null) ?? {};
  } catch {
    return {};
  }
}

/** The hosts that become nodes: those that are not disabled. The name is what the user asked for, else what the host calls itself. */
export function knownHosts(hosts: readonly WireHost[]): KnownHost[] {
  return hosts.filter(({ status }) => status !== 'disabled').map((host) => {
    const inventory = parseInventory(host.inventory);
    const addresses = (inventory.interfaces ?? []).flatMap((nic) => [...(nic.ipv4_addresses ?? []), ...(nic.ipv6_addresses ?? [])]);
    return {
      id: host.id,
      name: (host.requested_hostname || inventory.hostname || '').toLowerCase(),
      addresses: addresses.map((address) => address.split('/')[0] ?? address),
      status: host.status,
      stage: host.progress?.current_stage ?? '',
    };
  });
}
