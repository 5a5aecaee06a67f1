import type { DesiredAddressing } from './nmstate-schema';

export type AddressingMethod = 'disabled' | 'manual' | 'auto' | 'dhcp' | 'link-local';

/** How an interface gets its addresses of a family, as NetworkManager calls it. What is not said is off, as with nmstate. */
export function methodOf(addressing: DesiredAddressing | undefined, family: 4 | 6): AddressingMethod {
  if (!addressing?.enabled) return 'disabled';
  if (addressing.dhcp) return family === 4 || addressing.autoconf ? 'auto' : 'dhcp';
  if ((addressing.address?.length ?? 0) > 0) return 'manual';
  return family === 4 ? 'disabled' : 'link-local';
}

/** True when routes and name servers of the family can be given to the interface. */
export function isAddressed(addressing: DesiredAddressing | undefined): boolean {
  return addressing?.enabled === true && (addressing.dhcp === true || (addressing.address?.length ?? 0) > 0);
}
