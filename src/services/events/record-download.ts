import { randomUUID } from 'node:crypto';
import type { Actor } from '../../auth/actor';
import { appendEvents } from '../../db/events';
import { draftEvent } from '../../domain/events/draft-event';
import type { ServiceDeps } from '../deps';
import { describeFault } from '../describe-fault';

/** Notes who fetched a secret of a cluster. A failure is logged and does not keep the secret from its owner. */
export async function recordDownload(deps: Pick<ServiceDeps, 'db' | 'log'>, actor: Actor, clusterId: string, what: string, requestId: string): Promise<void> {
  // Agents fetch their own ignition as a part of every installation.
  if (actor.kind === 'agent') return;
  const by = actor.kind === 'user' ? `User ${actor.userName}` : 'The bearer of a signed address';
  const event = draftEvent('secret_downloaded', { what, by }, { clusterId, cause: randomUUID(), at: new Date() });
  try {
    await appendEvents(deps.db, [event], requestId);
  } catch (error) {
    deps.log.warn({ fault: describeFault(error), clusterId, requestId, what }, 'a download could not be noted');
  }
}
