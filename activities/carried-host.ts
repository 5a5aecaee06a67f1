import { effectiveHostname } from '../src/domain/host/effective-hostname';
import type { Host } from '../src/domain/host/model';
import type { CarriedHost } from '../workflows/cluster/contract';

/** What people read of a text in Temporal Web; the whole stands in the database. The state of 250 hosts must stay small. */
const carriedTextLength = 500;
const carriedNameLength = 63;

/** The part of a status text that the workflow carries. */
export const cutStatusInfo = (text: string): string => text.slice(0, carriedTextLength);

/** What the workflow carries of a host. */
export function toCarriedHost(host: Host): CarriedHost {
  const { id, role, bootstrap, status, stage } = host;
  return { id, name: effectiveHostname(host).slice(0, carriedNameLength), role, bootstrap, status, stage };
}
