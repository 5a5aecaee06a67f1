import { sql } from 'drizzle-orm';
import type { Readiness } from '../api/middleware/readiness';
import { baseImageAddress } from '../iso/base-image';
import type { Recovery } from './start-recovery';
import type { World } from './world';

/** How often what the service depends on is looked at: soon while something is missing, rarely once all is there. */
const checkMs = { unready: 500, ready: 10_000 };

/**
 * Watches the dependencies and the base images; the last finding is what /ready says. Requests are served once the database is
 * there and it is not known that base images are missing: what else is away concerns only those who need it.
 * @param startReasons why the process itself is not ready: migration, recovery, workers
 */
export function createReadiness(world: World, startReasons: { migration: () => string[]; recovery: Pick<Recovery, 'reasons' | 'isRecovering'>; worker: () => string[] }): { state: () => Readiness; stop: () => void } {
  let reasons = ['The dependencies were not looked at yet.'];
  let blocked = true;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function look(): Promise<void> {
    const [database, temporal, images] = await Promise.all([
      reasonOf('The database does not answer', () => world.database.db.execute(sql`SELECT 1`)),
      reasonOf('Temporal does not answer', () => world.temporal.client.withDeadline(Date.now() + 3_000, () => world.temporal.connection.workflowService.getSystemInfo({}))),
      findImages(world),
    ]);
    blocked = database !== null || images.missing !== null;
    reasons = [database, temporal, images.missing, images.away].filter((reason) => reason !== null);
    if (!stopped) timer = setTimeout(() => void look(), reasons.length > 0 ? checkMs.unready : checkMs.ready).unref();
  }
  void look();

  return {
    state: () => {
      const migration = startReasons.migration();
      const all = [...reasons, ...migration, ...startReasons.recovery.reasons(), ...startReasons.worker()];
      return { ready: all.length === 0, serving: !blocked && migration.length === 0 && !startReasons.recovery.isRecovering(), reasons: all };
    },
    stop: () => {
      stopped = true;
      if (timer) clearTimeout(timer);
    },
  };
}

/** One version that is ready is enough to serve; the others are told where versions are told. */
async function findImages({ store, settings }: World): Promise<{ missing: string | null; away: string | null }> {
  const versions = Object.values(settings.OPENSHIFT_VERSIONS).map((version) => version.rhcos_version);
  try {
    const present = await Promise.all(versions.map((version) => store.headObject(baseImageAddress(version))));
    const missing = versions.filter((_, index) => !present[index]);
    return { missing: missing.length < versions.length ? null : `The base images are not published yet: RHCOS ${missing.join(', ')}.`, away: null };
  } catch (error) {
    return { missing: null, away: `The object store does not answer: ${messageOf(error)}` };
  }
}

async function reasonOf(what: string, check: () => PromiseLike<unknown>): Promise<string | null> {
  try {
    await check();
    return null;
  } catch (error) {
    return `${what}: ${messageOf(error)}`;
  }
}

const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown fault';
  return error.cause instanceof Error ? error.cause.message : error.message;
};
