/** The hardware of a simulated machine. */
export interface MachineProfile {
  manufacturer: string;
  productName: string;
  cpuCount: number;
  cpuModel: string;
  memoryGib: number;
  /** The first one is the one to install on. */
  disks: readonly { name: string; driveType: 'SSD' | 'HDD'; sizeGb: number; model: string }[];
  /** What every machine calls itself; without it each has a name of its own. */
  hostname?: string;
  /** Of the time server of the machine; default synced. */
  ntpState?: 'synced' | 'unreachable';
}

export const profiles = {
  /** Fit to be a master or a worker. */
  standard: {
    manufacturer: 'Dell Inc.',
    productName: 'PowerEdge R640',
    cpuCount: 16,
    cpuModel: 'Intel(R) Xeon(R) Gold 6230 CPU @ 2.10GHz',
    memoryGib: 64,
    disks: [
      { name: 'sda', driveType: 'SSD', sizeGb: 480, model: 'SSDSC2KG480G8R' },
      { name: 'sdb', driveType: 'SSD', sizeGb: 960, model: 'SSDSC2KG960G8R' },
      { name: 'sdc', driveType: 'HDD', sizeGb: 2000, model: 'ST2000NX0463' },
    ],
  },
  /** Just fit to be a master: 4 CPUs, 16 GiB and a disk of 120 GB. */
  smallestMaster: {
    manufacturer: 'Supermicro',
    productName: 'SYS-E200-8D',
    cpuCount: 4,
    cpuModel: 'Intel(R) Xeon(R) CPU D-1518 @ 2.20GHz',
    memoryGib: 16,
    disks: [{ name: 'sda', driveType: 'SSD', sizeGb: 120, model: 'SSDSC2BB120G7' }],
  },
  /** Fit to be a worker only. */
  small: {
    manufacturer: 'HPE',
    productName: 'ProLiant DL20 Gen10',
    cpuCount: 2,
    cpuModel: 'Intel(R) Pentium(R) Gold G5420 CPU @ 3.80GHz',
    memoryGib: 8,
    disks: [{ name: 'sda', driveType: 'SSD', sizeGb: 240, model: 'VK000240GWTSV' }],
  },
} as const satisfies Record<string, MachineProfile>;
