import type { Host } from '../../host/model';
import { networkContains, parseAddress, parseCidr } from '../../network/address';
import { vipMacs } from '../../network/vip-macs';
import { podmanRun } from '../podman-run';
import type { StepBuilder } from '../step';

/** Asks for DHCP leases of the virtual IPs, through the interface that is in the machine network. */
export const buildDhcpLeaseAllocate: StepBuilder = ({ snapshot: { cluster }, host, settings: { agent } }) => {
  if (!cluster.vipDhcpAllocation || cluster.machineNetworkCidr === '') return undefined;
  const nic = findInterface(host, cluster.machineNetworkCidr);
  if (nic === undefined) return undefined;
  const macs = vipMacs(cluster.id);
  const request = {
    interface: nic, api_vip_mac: macs.api, ingress_vip_mac: macs.ingress,
    api_vip_lease: cluster.apiVipLease, ingress_vip_lease: cluster.ingressVipLease,
  };
  return { stepType: 'dhcp-lease-allocate', command: 'podman', args: podmanRun(agent.agentImage, ['dhcp_lease_allocate', JSON.stringify(request)]) };
};

function findInterface(host: Host, machineNetworkCidr: string): string | undefined {
  const network = parseCidr(machineNetworkCidr);
  return host.facts.inventory?.interfaces?.find((nic) =>
    [...(nic.ipv4_addresses ?? []), ...(nic.ipv6_addresses ?? [])].some((text) => {
      const address = parseAddress(text.split('/')[0] ?? '');
      return network !== undefined && address !== undefined && networkContains(network, address);
    }),
  )?.name;
}
