import { setTimeout as delay } from 'node:timers/promises';
import { isRecovered, markRecovered } from '../db/recovery-mark';
import { recoverClusters, type RecoveryDeps } from './recover-clusters';

/** How often the mark is looked at. */
const lookMs = { lost: 1_000, known: 10_000 };
/** How long clusters that cannot be recovered hold up the others. */
const patienceMs = 2 * 60_000;

export interface Recovery {
  /** True while it is not certain that the database holds every live cluster: nobody may be told that one is not there. */
  isRecovering(): boolean;
  reasons(): string[];
  stop(): void;
}

/**
 * Watches for a database that is new or was lost, at the start and later: it has no mark. A process that has workers then
 * restores what live workflows know, and sets the mark; others wait for it. An installation without clusters is marked at once.
 * @param migrate brings tables that are gone back
 */
export function startRecovery(deps: RecoveryDeps, { migrated, migrate, hasWorkers }: { migrated: Promise<void>; migrate: () => Promise<void>; hasWorkers: boolean }): Recovery {
  const stopping = new AbortController();
  let reason: string | null = 'It was not looked yet whether the database holds every cluster.';
  let lostSince: number | null = null;

  async function look(): Promise<void> {
    if (await isRecovered(deps.db)) {
      reason = null;
      lostSince = null;
      return;
    }
    lostSince ??= Date.now();
    reason = 'The database is new, or was lost: the clusters are being restored.';
    if (!hasWorkers) return;
    const counts = await recoverClusters(deps, ({ clusterId, outcome, reason: why }) => {
      if (outcome === 'failed') deps.log.error({ cluster_id: clusterId, reason: why }, 'A cluster could not be restored yet.');
    });
    if (counts.failed > 0 && Date.now() - lostSince < patienceMs) return;
    await markRecovered(deps.db);
    deps.log.info(counts, 'The database holds every cluster that could be restored.');
    reason = null;
    lostSince = null;
  }

  async function watch(): Promise<void> {
    await migrated;
    while (!stopping.signal.aborted) {
      await look().catch(async (error: unknown) => {
        if (isTableMissing(error)) await migrate().catch(() => undefined);
        // A database or a Temporal that is away while all was well before is told elsewhere.
        if (reason !== null) reason = `It is not known yet whether the database holds every cluster: ${error instanceof Error ? error.message.split('\n', 1)[0] : 'unknown'}`;
      });
      await delay(reason === null ? lookMs.known : lookMs.lost, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  }
  void watch();
  return {
    isRecovering: () => reason !== null,
    reasons: () => (reason === null ? [] : [reason]),
    stop: () => stopping.abort(),
  };
}

/** Code of Postgres: the database was replaced by an empty one. */
function isTableMissing(error: unknown): boolean {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error && 'code' in cause && cause.code === '42P01';
}
