import type { ConnectivityReport } from '../../src/domain/host/facts';
import type { Inventory } from '../../src/domain/host/inventory';

const address = (index: number): string => `192.168.126.${10 + index}`;
const mac = (index: number): string => `52:54:00:00:00:${(index + 16).toString(16)}`;

/** Hardware that suffices for a master, as an agent reports it. */
export const makeInventory = (index: number): Inventory => ({
  hostname: `server-${index}`,
  timestamp: Math.floor(Date.now() / 1000),
  system_vendor: { manufacturer: 'Example', product_name: 'Server', serial_number: `S${index}` },
  memory: { physical_bytes: 34_359_738_368, usable_bytes: 34_359_738_368 },
  cpu: { count: 8, flags: ['vmx'], architecture: 'x86_64' },
  interfaces: [{ name: 'eth0', mac_address: mac(index), ipv4_addresses: [`${address(index)}/24`], ipv6_addresses: [] }],
  disks: [{ by_id: `/dev/disk/by-id/wwn-${index}`, name: 'sda', path: '/dev/sda', drive_type: 'HDD', size_bytes: 200_000_000_000 }],
});

/** What the agent of a host finds of the others: full connectivity without loss. */
export const makeConnectivity = (hostIds: string[], index: number): ConnectivityReport => ({
  remote_hosts: hostIds.flatMap((host_id, other) => (other === index ? [] : [{
    host_id,
    l2_connectivity: [{ outgoing_nic: 'eth0', outgoing_ip_address: address(index), remote_ip_address: address(other), remote_mac: mac(other), successful: true }],
    l3_connectivity: [{ outgoing_nic: 'eth0', remote_ip_address: address(other), successful: true, average_rtt_ms: 0.4, packet_loss_percentage: 0 }],
  }])),
});
