import type { Host } from './model';

/** The name a host goes by: the one the user gave, else what its inventory says, else its id. */
export function effectiveHostname(host: Host): string {
  return host.requestedHostname || host.facts.inventory?.hostname || host.id;
}
