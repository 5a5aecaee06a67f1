import { and } from 'drizzle-orm';
import { isAnyOf } from './any-of';
import type { HostFacts } from '../domain/host/facts';
import type { Executor } from './client';
import { toHostFacts, type HostFactsRow } from './rows';
import { hostFacts } from './schema/hosts';
import { SizedCache } from './sized-cache';

/** What a host's agent reported, as stored and as decisions see it. Shared by all who ask: not to be changed. */
export interface DecodedFacts {
  row: HostFactsRow;
  facts: HostFacts;
}

/** Characters of JSON kept in this process, decoded about three times that in bytes: room for the largest clusters, and for thousands of small ones. */
const keptCharacters = 32_000_000;
const kept = new SizedCache<DecodedFacts>(keptCharacters);

const sizeOf = (row: HostFactsRow): number =>
  1_000 + [row.inventory, row.connectivity, row.freeAddresses].reduce((sum, text) => sum + (text?.length ?? 0), 0);

/** Names what a host reported: its row and which content that has now. */
export interface FactsAddress {
  infraEnvId: string;
  hostId: string;
  contentId: string;
}

/**
 * What agents reported, by host id. Most of a large cluster is the reports of its hosts on each other, 15 MB of JSON for 250 hosts, of
 * which a fact changes one: each content is read and decoded once in a process. Content ids are never used again, so nothing kept
 * here can be out of date.
 */
export async function loadDecodedFacts(db: Executor, addresses: readonly FactsAddress[]): Promise<ReadonlyMap<string, DecodedFacts>> {
  const found = new Map<string, DecodedFacts>();
  const missing: FactsAddress[] = [];
  for (const address of addresses) {
    const known = kept.get(address.contentId);
    if (known === undefined) missing.push(address);
    else found.set(address.hostId, known);
  }
  if (missing.length === 0) return found;
  const isMissing = and(isAnyOf(hostFacts.infraEnvId, [...new Set(missing.map(({ infraEnvId }) => infraEnvId))]), isAnyOf(hostFacts.hostId, missing.map(({ hostId }) => hostId)));
  for (const row of await db.select().from(hostFacts).where(isMissing)) {
    const decoded = { row, facts: toHostFacts(row) };
    kept.set(row.contentId, decoded, sizeOf(row));
    found.set(row.hostId, decoded);
  }
  return found;
}
