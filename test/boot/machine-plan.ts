/** A virtual machine of the test. */
export interface MachinePlan {
  /** The name its user gives it; until then it has none. */
  name: string;
  serial: string;
  mac: string;
  diskSerial: string;
}

/** All machines have so much. */
export const machineSize = { memoryMib: 1_024, diskBytes: 6 * 1024 ** 3 } as const;

/** The network of the machines, as the emulator makes it; the machine the test runs on is `host`. */
export const machineNetwork = { cidr: '10.0.2.0/24', host: '10.0.2.2', apiVip: '10.0.2.200', ingressVip: '10.0.2.201' } as const;

/** So many machines, told apart by all that a machine is told apart by. */
export function planMachines(count: number): MachinePlan[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `master-${index}`,
    serial: `BOOT-TEST-${1_000 + index}`,
    mac: `52:54:00:b0:07:0${index + 1}`,
    diskSerial: `DISK-${1_000 + index}`,
  }));
}
