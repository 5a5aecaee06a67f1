import { sql } from 'drizzle-orm';
import type { Readiness } from '../api/middleware/readiness';
import type { BaseImageWatch, ImageState } from './base-image-watch';
import type { Recovery } from './start-recovery';
import type { World } from './world';

/** How often what the service depends on is looked at: soon while something is missing, rarely once all is there. */
const checkMs = { unready: 500, incomplete: 2_000, ready: 10_000 };

/**
 * Watches the dependencies and the base images; the last finding is what /ready says. Requests are served once the database is
 * there and it is not known that base images are missing: what else is away concerns only those who need it.
 * @param startReasons why the process itself is not ready: migration, recovery, workers
 */
export function createReadiness(world: World, baseImages: BaseImageWatch, startReasons: { migration: () => string[]; recovery: Pick<Recovery, 'reasons' | 'isRecovering'>; worker: () => string[] }): { state: () => Readiness; stop: () => void } {
  let reasons = ['The dependencies were not looked at yet.'];
  let warnings: string[] = [];
  let blocked = true;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function look(): Promise<void> {
    const [database, temporal, images] = await Promise.all([
      reasonOf('The database does not answer', () => world.database.db.execute(sql`SELECT 1`)),
      reasonOf('Temporal does not answer', () => world.temporal.client.withDeadline(Date.now() + 3_000, () => world.temporal.connection.workflowService.getSystemInfo({}))),
      findImages(baseImages),
    ]);
    blocked = database !== null || images.missing !== null;
    reasons = [database, temporal, images.missing, images.away].filter((reason) => reason !== null);
    warnings = baseImages.states().filter(({ present }) => !present).map(describeMissing);
    if (!stopped) timer = setTimeout(() => void look(), nextLook()).unref();
  }
  const nextLook = (): number => {
    if (reasons.length > 0) return checkMs.unready;
    return warnings.length > 0 ? checkMs.incomplete : checkMs.ready;
  };
  void look();

  return {
    state: () => {
      const migration = startReasons.migration();
      const all = [...reasons, ...migration, ...startReasons.recovery.reasons(), ...startReasons.worker()];
      return { ready: all.length === 0, serving: !blocked && migration.length === 0 && !startReasons.recovery.isRecovering(), reasons: all, warnings };
    },
    stop: () => {
      stopped = true;
      if (timer) clearTimeout(timer);
    },
  };
}

/** One version that is ready is enough to serve; the others cost a warning. */
async function findImages(baseImages: BaseImageWatch): Promise<{ missing: string | null; away: string | null }> {
  try {
    const live = (await baseImages.look()).filter(({ image }) => image === 'live');
    const missing = live.filter(({ present }) => !present);
    return { missing: missing.length < live.length ? null : missing.map(describeMissing).join(' '), away: null };
  } catch (error) {
    return { missing: null, away: `The object store does not answer: ${messageOf(error)}` };
  }
}

function describeMissing({ rhcosVersion, image, failure }: ImageState): string {
  const subject = `The ${image === 'live' ? 'base' : 'minimal'} image of RHCOS ${rhcosVersion}`;
  return failure === undefined ? `${subject} is not published yet.` : `${subject} could not be published and is tried again: ${failure}.`;
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
