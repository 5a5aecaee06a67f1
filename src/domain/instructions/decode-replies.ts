import type { ConnectivityReport, NtpSource } from '../host/facts';
import { flag, integer, list, number, record, text, word, type Decoder } from './decode';

/** Contract: connectivity-report. */
export const decodeConnectivity: Decoder<ConnectivityReport> = record({
  remote_hosts: list(record({
    host_id: text,
    l2_connectivity: list(record({ outgoing_nic: text, outgoing_ip_address: text, remote_ip_address: text, remote_mac: text, successful: flag })),
    l3_connectivity: list(record({ outgoing_nic: text, remote_ip_address: text, successful: flag, average_rtt_ms: number, packet_loss_percentage: number })),
  })),
});

/** Contract: free_networks_addresses. */
export const decodeFreeAddresses = list(record({ network: text, free_addresses: list(text) }));

/** Contract: ntp_synchronization_response. */
export const decodeNtp: Decoder<{ ntp_sources?: NtpSource[] }> = record({
  ntp_sources: list(record({ source_name: text, source_state: word(['synced', 'combined', 'not_combined', 'error', 'variable', 'unreachable']) })),
});

/** Contract: api_vip_connectivity_response. */
export const decodeApiVip = record({ is_success: flag });

/** Contract: disk_speed_check_response. */
export const decodeDiskSpeed = record({ io_sync_duration: integer, path: text });

/** Contract: container_image_availability_response. */
export const decodeImages = record({
  images: list(record({ name: text, size_bytes: number, time: number, download_rate: number, result: word(['success', 'failure']) })),
});

/** Contract: dhcp_allocation_response. */
export const decodeDhcp = record({ api_vip_address: text, ingress_vip_address: text, api_vip_lease: text, ingress_vip_lease: text });
