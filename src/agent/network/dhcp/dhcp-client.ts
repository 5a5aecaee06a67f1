import type { Machine } from '../../machine/machine';

/** Who asks for a lease where. */
export interface LeaseOrder {
  /** The interface that asks; it has the hardware address the lease is for. */
  link: string;
  /** A lease that was had before, as text; the server gives a client that shows it the same address again. */
  earlier: string;
  /** For files of the client; it is removed afterwards. */
  folder: string;
  signal: AbortSignal;
}

export interface Lease {
  address: string;
  /** `lease { … }`, as dhclient writes it down, of the interface that asked. */
  text: string;
}

/** Asks a DHCP server for a lease without configuring anything by it. Rejects with the reason when there is none within a minute. */
export type AskForLease = (machine: Machine, order: LeaseOrder) => Promise<Lease>;

/** How long a client may ask. */
export const leaseMs = 60_000;

/** The address that a lease is for; undefined when it names none. */
export function addressOfLease(text: string): string | undefined {
  return /fixed-address\s+([0-9.]+);/.exec(text)?.[1];
}
