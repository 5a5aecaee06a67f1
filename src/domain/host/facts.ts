import type { Inventory } from './inventory';

/** Report of the connectivity-check step (contract: connectivity-report). */
export interface ConnectivityReport {
  remote_hosts?: {
    host_id?: string;
    l2_connectivity?: { outgoing_nic?: string; outgoing_ip_address?: string; remote_ip_address?: string; remote_mac?: string; successful?: boolean }[];
    l3_connectivity?: { outgoing_nic?: string; remote_ip_address?: string; successful?: boolean; average_rtt_ms?: number; packet_loss_percentage?: number }[];
  }[];
}

export interface NtpSource {
  source_name?: string;
  source_state?: 'synced' | 'combined' | 'not_combined' | 'error' | 'variable' | 'unreachable';
}

export interface DiskInfo {
  path: string;
  disk_speed: { tested: boolean; exit_code: number; speed_ms?: number };
}

export interface ImageStatus {
  name: string;
  size_bytes?: number;
  time?: number;
  download_rate?: number;
  result: 'success' | 'failure';
}

/** The last word of a host's agent, as stored by the API. Absent = not reported since the last registration. */
export interface HostFacts {
  inventory?: Inventory;
  connectivity?: ConnectivityReport;
  freeAddresses?: { network: string; free_addresses: string[] }[];
  ntpSources?: NtpSource[];
  apiVipConnectivity?: { is_success?: boolean };
  /** By disk key. */
  disksInfo: Record<string, DiskInfo>;
  /** By image name. */
  imagesStatus: Record<string, ImageStatus>;
}
