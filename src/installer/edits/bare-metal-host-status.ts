import { effectiveHostname } from '../../domain/host/effective-hostname';
import type { Inventory, InventoryInterface } from '../../domain/host/inventory';
import type { Host } from '../../domain/host/model';
import { addressOf } from '../../domain/network/address';

const bytesPerMib = 2 ** 20;

/** Status of a BareMetalHost (metal3.io/v1alpha1) that was inspected: what the inventory of its host tells, powered on. */
export function bareMetalHostStatus(host: Host) {
  const inventory = host.facts.inventory ?? {};
  const { cpu, memory, system_vendor: vendor } = inventory;
  return {
    errorMessage: '',
    operationalStatus: '',
    hardwareProfile: '',
    poweredOn: true,
    goodCredentials: {},
    provisioning: { state: '', ID: '', image: { url: '' } },
    hardware: {
      hostname: effectiveHostname(host),
      cpu: { arch: cpu?.architecture ?? '', model: cpu?.model_name ?? '', clockMegahertz: cpu?.frequency ?? 0, count: cpu?.count ?? 0, flags: cpu?.flags ?? [] },
      ramMebibytes: Math.floor((memory?.physical_bytes ?? 0) / bytesPerMib),
      systemVendor: { manufacturer: vendor?.manufacturer ?? '', productName: vendor?.product_name ?? '', serialNumber: vendor?.serial_number ?? '' },
      nics: (inventory.interfaces ?? []).flatMap(cardsOf),
      storage: disksOf(inventory),
    },
  };
}

/** One entry an address: the form has room for one each. */
function cardsOf(card: InventoryInterface) {
  const addresses = [...(card.ipv4_addresses ?? []), ...(card.ipv6_addresses ?? [])].map((address) => addressOf(address) ?? '');
  const model = [card.vendor, card.product].filter(Boolean).join(' ');
  return (addresses.length > 0 ? addresses : ['']).map((ip) => (
    { name: card.name ?? '', model, mac: card.mac_address ?? '', ip, speedGbps: Math.floor(Math.max(0, card.speed_mbps ?? 0) / 1000), vlanId: 0, pxe: false }));
}

function disksOf({ disks = [] }: Inventory) {
  return disks.map((disk) => ({
    name: disk.path ?? '', sizeBytes: disk.size_bytes ?? 0, rotational: disk.drive_type === 'HDD', vendor: disk.vendor ?? '', model: disk.model ?? '',
    serialNumber: disk.serial ?? '', wwn: disk.wwn ?? '', hctl: disk.hctl ?? '',
  }));
}
