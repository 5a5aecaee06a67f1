import { compareAddresses } from './address';

const leaseForm = /^\s*lease\s*\{([^{}]*)\}\s*$/;
const timing = /\b(renew|rebind|expire)\s+[^;]*;/g;

/** What is wrong with the text of a DHCP client's lease of `address`; undefined when nothing is. An empty text is no lease and is fine. */
export function checkDhcpLease(lease: string, address: string): string | undefined {
  if (lease === '') return undefined;
  const body = leaseForm.exec(lease)?.[1];
  if (body === undefined) return 'the lease is not of the form "lease { ... }"';
  const statements = body.split(';').map((statement) => statement.trim());
  if (statements.pop() !== '') return 'the last statement of the lease does not end in a semicolon';
  if (statements.some((statement) => !/^[a-z][a-z0-9-]*(\s|$)/i.test(statement))) return 'the lease has a statement without a keyword';
  const fixed = statements.find((statement) => statement.startsWith('fixed-address'))?.split(/\s+/)[1];
  if (fixed !== undefined && compareAddresses(fixed, address) !== 0) return `the lease is for ${fixed}, not for ${address}`;
  return undefined;
}

/** The lease with its renewal, rebinding and expiry set to never: a virtual address must not be given back. */
export function withoutExpiry(lease: string): string {
  return lease.replace(timing, '$1 never;');
}
