import { and, eq, sql } from 'drizzle-orm';
import type { HostFacts } from '../domain/host/facts';
import type { Host } from '../domain/host/model';
import type { StepType } from '../domain/host/step-type';
import type { Executor } from './client';
import { hostFacts } from './schema/hosts';

const stepOf = {
  inventory: 'inventory',
  connectivity: 'connectivity-check',
  freeAddresses: 'free-network-addresses',
  ntpSources: 'ntp-synchronizer',
  apiVipConnectivity: 'api-vip-connectivity-check',
} as const satisfies Partial<Record<keyof HostFacts, StepType>>;
const reported = Object.keys(stepOf) as (keyof typeof stepOf)[];

/** Forgets what the host's new facts lack of the old ones, with the hashes by which a repeated reply would count as known. */
export async function dropHostFacts(tx: Executor, host: Pick<Host, 'id' | 'infraEnvId' | 'facts'>, kept: HostFacts, now: Date): Promise<void> {
  const dropped = reported.filter((key) => host.facts[key] !== undefined && kept[key] === undefined);
  const steps: StepType[] = dropped.map((key) => stepOf[key]);
  if (kept.disksInfo !== host.facts.disksInfo) steps.push('installation-disk-speed-check');
  if (kept.imagesStatus !== host.facts.imagesStatus) steps.push('container-image-availability');
  const hashes = steps.reduce((remaining, step) => sql`${remaining} - ${step}::text`, sql`${hostFacts.hashes}`);
  await tx
    .update(hostFacts)
    .set({
      ...Object.fromEntries(dropped.map((key) => [key, null])),
      disksInfo: kept.disksInfo,
      imagesStatus: kept.imagesStatus,
      hashes,
      updatedAt: now,
    })
    .where(and(eq(hostFacts.infraEnvId, host.infraEnvId), eq(hostFacts.hostId, host.id)));
}
