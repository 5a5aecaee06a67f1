import { randomUUID } from 'node:crypto';
import type { Actor } from '../../auth/actor';
import { draftEvent } from '../../domain/events/draft-event';
import type { ServiceDeps } from '../deps';
import { noteEvent } from './note-event';

interface Fetcher {
  /** For a reader of the event. */
  by: string;
  /** User name, or '' where nobody is known by name. */
  actor: string;
  kind: Actor['kind'];
}

/**
 * Notes who fetched a secret of a cluster, directly or by a signed address. A failure is logged and does not keep the secret
 * from its owner.
 */
export async function recordDownload(
  deps: Pick<ServiceDeps, 'db' | 'log'>, actor: Actor, clusterId: string, what: string, requestId: string, { inPieces = false } = {},
): Promise<void> {
  const { by, ...fetcher } = describeFetcher(actor);
  const at = new Date();
  // Machines fetch their files again and again while they are installed: one event that counts. So does who fetches pieces, hour by hour.
  const cause = actor.kind === 'agent' ? what : inPieces ? [what, fetcher.kind, fetcher.actor, at.toISOString().slice(0, 13)].join('/') : randomUUID();
  const event = {
    ...draftEvent('secret_downloaded', { what, by }, { clusterId, cause, at }),
    props: { ...fetcher, file: what, access: actor.kind === 'signed' ? 'signed' : 'direct', request_id: requestId },
  };
  await noteEvent(deps, event, requestId);
}

function describeFetcher(actor: Actor): Fetcher {
  switch (actor.kind) {
    case 'user':
      return { by: `User ${actor.userName}`, actor: actor.userName, kind: 'user' };
    case 'agent':
      return { by: 'A machine of the cluster', actor: actor.userName, kind: 'agent' };
    case 'signed':
      return { by: 'The bearer of a signed address', actor: '', kind: 'signed' };
  }
}
