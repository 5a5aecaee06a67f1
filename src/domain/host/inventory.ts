/** What an agent reports of its machine (contract: inventory); every field may be missing. Sizes in bytes. */
export interface Inventory {
  hostname?: string;
  bmc_address?: string;
  bmc_v6address?: string;
  /** Unix seconds of the machine's clock. */
  timestamp?: number;
  boot?: { current_boot_mode?: string; pxe_interface?: string };
  system_vendor?: { manufacturer?: string; product_name?: string; serial_number?: string; virtual?: boolean };
  memory?: { physical_bytes?: number; usable_bytes?: number };
  cpu?: { count?: number; frequency?: number; flags?: string[]; model_name?: string; architecture?: string };
  gpus?: { vendor?: string; vendor_id?: string; device_id?: string; name?: string; address?: string }[];
  routes?: { interface?: string; gateway?: string; destination?: string; family?: number }[];
  interfaces?: InventoryInterface[];
  disks?: InventoryDisk[];
}

export interface InventoryInterface {
  name?: string;
  mac_address?: string;
  /** CIDR notation. */
  ipv4_addresses?: string[];
  /** CIDR notation. */
  ipv6_addresses?: string[];
  has_carrier?: boolean;
  mtu?: number;
  speed_mbps?: number;
  flags?: string[];
  vendor?: string;
  product?: string;
  biosdevname?: string;
  client_id?: string;
}

export interface InventoryDisk {
  id?: string;
  name?: string;
  path?: string;
  by_path?: string;
  by_id?: string;
  drive_type?: string;
  vendor?: string;
  model?: string;
  serial?: string;
  wwn?: string;
  hctl?: string;
  size_bytes?: number;
  bootable?: boolean;
  is_installation_media?: boolean;
  installation_eligibility?: { eligible?: boolean; not_eligible_reasons?: string[] };
  smart?: string;
  io_perf?: { sync_duration?: number };
}
