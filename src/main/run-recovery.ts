import { markRecovered } from '../db/recovery-mark';
import { createClusterNotifier } from '../temporal/cluster-notifier';
import { createClusterRecoverer } from '../temporal/cluster-recoverer';
import { recoverClusters, type RecoveryDeps } from './recover-clusters';
import type { World } from './world';

export const recoveryDeps = ({ database, messenger, temporal, log, settings }: World): RecoveryDeps =>
  ({ db: database.db, notifier: createClusterNotifier(messenger), recoverer: createClusterRecoverer(temporal.client), log, dns: { domains: settings.BASE_DNS_DOMAINS } });

/** The role `recover`: recovers all clusters once and tells of each on a line. @returns the exit code: 0 when none failed */
export async function runRecovery(world: World, migrated: Promise<void>): Promise<number> {
  await migrated;
  const counts = await recoverClusters(recoveryDeps(world), ({ clusterId, outcome, reason }) => {
    process.stdout.write(`${clusterId} ${outcome}${reason === undefined ? '' : `: ${reason}`}\n`);
  });
  process.stdout.write(`${Object.entries(counts).map(([outcome, count]) => `${count} ${outcome}`).join(', ')}\n`);
  if (counts.failed > 0) return 1;
  await markRecovered(world.database.db);
  return 0;
}
