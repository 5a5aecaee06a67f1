import { and, eq, sql } from 'drizzle-orm';
import type { HostFacts } from '../domain/host/facts';
import type { StepType } from '../domain/host/step-type';
import type { Executor } from './client';
import { hostFacts } from './schema/hosts';

const text = (value: unknown): string | undefined => (value === undefined ? undefined : JSON.stringify(value));

/** Stores what a step brought, with the hash by which the next reply of the same step is compared. Maps are merged by key. */
export async function saveHostFacts(
  tx: Executor,
  host: { id: string; infraEnvId: string },
  patch: Partial<HostFacts>,
  reply: { stepType: StepType; hash: string },
  now: Date,
): Promise<void> {
  const inventory = text(patch.inventory);
  const connectivity = text(patch.connectivity);
  const freeAddresses = text(patch.freeAddresses);
  const ntpSources = text(patch.ntpSources);
  const apiVipConnectivity = text(patch.apiVipConnectivity);
  await tx
    .update(hostFacts)
    .set({
      ...(inventory !== undefined && { inventory }),
      ...(connectivity !== undefined && { connectivity }),
      ...(freeAddresses !== undefined && { freeAddresses }),
      ...(ntpSources !== undefined && { ntpSources }),
      ...(apiVipConnectivity !== undefined && { apiVipConnectivity }),
      ...(patch.disksInfo && { disksInfo: sql`${hostFacts.disksInfo} || ${JSON.stringify(patch.disksInfo)}::jsonb` }),
      ...(patch.imagesStatus && { imagesStatus: sql`${hostFacts.imagesStatus} || ${JSON.stringify(patch.imagesStatus)}::jsonb` }),
      hashes: sql`${hostFacts.hashes} || ${JSON.stringify({ [reply.stepType]: reply.hash })}::jsonb`,
      updatedAt: now,
    })
    .where(and(eq(hostFacts.infraEnvId, host.infraEnvId), eq(hostFacts.hostId, host.id)));
}
