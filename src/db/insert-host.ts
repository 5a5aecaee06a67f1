import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { Host } from '../domain/host/model';
import type { Executor } from './client';
import { hostFacts, hostHeartbeats, hosts } from './schema/hosts';

/** Writes the first rows of a host, in place of a deregistered one with the same id. */
export async function insertHost(tx: Executor, host: Host, now: Date): Promise<void> {
  const { facts: _facts, checkedInAt: _checkedInAt, ...columns } = host;
  await tx.delete(hosts).where(and(eq(hosts.infraEnvId, host.infraEnvId), eq(hosts.id, host.id), isNotNull(hosts.deletedAt)));
  await tx.insert(hosts).values({ ...columns, updatedAt: now });
  await tx
    .insert(hostFacts)
    .values({ infraEnvId: host.infraEnvId, hostId: host.id })
    .onConflictDoUpdate({
      target: [hostFacts.infraEnvId, hostFacts.hostId],
      set: { inventory: null, connectivity: null, freeAddresses: null, ntpSources: null, apiVipConnectivity: null, disksInfo: {}, imagesStatus: {}, hashes: {}, updatedAt: now },
    });
  await tx
    .insert(hostHeartbeats)
    .values({ infraEnvId: host.infraEnvId, hostId: host.id, checkedInAt: now })
    .onConflictDoUpdate({ target: [hostHeartbeats.infraEnvId, hostHeartbeats.hostId], set: { checkedInAt: sql`excluded.checked_in_at` } });
}

/** Forgets what a machine that starts over will report anew. */
export async function forgetInventory(tx: Executor, host: Pick<Host, 'id' | 'infraEnvId'>, now: Date): Promise<void> {
  await tx
    .update(hostFacts)
    .set({ inventory: null, ntpSources: null, hashes: sql`${hostFacts.hashes} - 'inventory' - 'ntp-synchronizer'`, updatedAt: now })
    .where(and(eq(hostFacts.infraEnvId, host.infraEnvId), eq(hostFacts.hostId, host.id)));
}
