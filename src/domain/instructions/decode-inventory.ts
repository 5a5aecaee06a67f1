import type { Inventory } from '../host/inventory';
import { flag, integer, list, number, record, text, type Decoder } from './decode';

const networkInterface = record({
  name: text, mac_address: text, ipv4_addresses: list(text), ipv6_addresses: list(text), has_carrier: flag, mtu: integer, speed_mbps: integer,
  flags: list(text), vendor: text, product: text, biosdevname: text, client_id: text,
});

const disk = record({
  id: text, name: text, path: text, by_path: text, by_id: text, drive_type: text, vendor: text, model: text, serial: text, wwn: text, hctl: text,
  size_bytes: integer, bootable: flag, is_installation_media: flag,
  installation_eligibility: record({ eligible: flag, not_eligible_reasons: list(text) }),
  smart: text, io_perf: record({ sync_duration: integer }),
});

/** Contract: inventory. */
export const decodeInventory: Decoder<Inventory> = record({
  hostname: text, bmc_address: text, bmc_v6address: text, timestamp: integer,
  boot: record({ current_boot_mode: text, pxe_interface: text }),
  system_vendor: record({ manufacturer: text, product_name: text, serial_number: text, virtual: flag }),
  memory: record({ physical_bytes: integer, usable_bytes: integer }),
  cpu: record({ count: integer, frequency: number, flags: list(text), model_name: text, architecture: text }),
  gpus: list(record({ vendor: text, vendor_id: text, device_id: text, name: text, address: text })),
  routes: list(record({ interface: text, gateway: text, destination: text, family: integer })),
  interfaces: list(networkInterface),
  disks: list(disk),
});
