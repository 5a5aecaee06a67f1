import { appendEvents } from '../src/db/events';
import { findIntent } from '../src/db/intents';
import { draftEvent } from '../src/domain/events/draft-event';
import type { ActivityDeps } from './deps';
import type { RefreshRequest } from './contract';

/** Faults of the evaluation itself: what is stored of a host cannot be read. Everything else is the database's and is tried again. */
const isEvaluationFault = (error: unknown): error is Error => error instanceof SyntaxError || error instanceof TypeError || error instanceof RangeError;

/** Tells the users who switched a host on or off that it could not be evaluated; the rest of the message would quote what is stored. */
export async function noteFailedRefresh(deps: ActivityDeps, request: RefreshRequest, error: unknown): Promise<void> {
  if (!isEvaluationFault(error)) return;
  deps.log.error({ cluster_id: request.clusterId, fault: error.name, stack: error.stack?.split('\n').slice(1).join('\n') }, 'A cluster could not be evaluated.');
  for (const intentId of request.intents) {
    const body = (await findIntent(deps.db, intentId))?.body;
    if (body?.operation !== 'enableHost' && body?.operation !== 'disableHost') continue;
    const params = { host: body.hostId, reason: `what is stored of its cluster cannot be read (${error.name})` };
    await appendEvents(deps.db, [draftEvent('host_refresh_failed', params, { clusterId: request.clusterId, hostId: body.hostId, cause: error.name, at: new Date(request.now) })]);
  }
}
