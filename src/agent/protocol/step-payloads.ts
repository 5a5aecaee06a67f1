/** JSON that travels inside step arguments (requests) and step replies (responses); names are the contract's. */

export interface ConnectivityCheckHost {
  host_id: string;
  /** Addresses without prefix length. */
  nics: { name: string; mac: string; ip_addresses: string[] }[];
}

export interface ConnectivityReport {
  remote_hosts: {
    host_id: string;
    l2_connectivity: { outgoing_nic: string; outgoing_ip_address: string; remote_ip_address: string; remote_mac: string; successful: boolean }[];
    l3_connectivity: { outgoing_nic: string; remote_ip_address: string; successful: boolean; average_rtt_ms: number; packet_loss_percentage: number }[];
  }[];
}

export interface FreeNetworkAddresses {
  /** CIDR. */
  network: string;
  free_addresses: string[];
}

export interface NtpSynchronizationRequest {
  /** Comma-separated names or addresses; may be empty. */
  ntp_source: string;
}

export interface NtpSynchronizationResponse {
  ntp_sources: { source_name: string; source_state: 'synced' | 'combined' | 'not_combined' | 'error' | 'variable' | 'unreachable' }[];
}

export interface DhcpAllocationRequest {
  interface: string;
  api_vip_mac: string;
  ingress_vip_mac: string;
  api_vip_lease?: string;
  ingress_vip_lease?: string;
}

export interface DhcpAllocationResponse {
  api_vip_address: string;
  ingress_vip_address: string;
  api_vip_lease?: string;
  ingress_vip_lease?: string;
}

export interface DiskSpeedCheckRequest {
  path: string;
}

export interface DiskSpeedCheckResponse {
  /** Milliseconds of an fdatasync. */
  io_sync_duration: number;
  path: string;
}

export interface ImageAvailabilityRequest {
  images: string[];
  /** Seconds. */
  timeout?: number;
}

export interface ImageAvailabilityResponse {
  /** `time` in seconds, `download_rate` in MB/s. */
  images: { name: string; size_bytes: number; time: number; download_rate: number; result: 'success' | 'failure' }[];
}

export interface ApiVipConnectivityRequest {
  url: string;
  /** Whether the address must be in a network of the host. */
  verify_cidr?: boolean;
}

export interface ApiVipConnectivityResponse {
  is_success: boolean;
}
