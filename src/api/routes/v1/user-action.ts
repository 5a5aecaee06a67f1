import type { Actor, UserActor } from '../../../auth/actor';
import type { UserAction } from '../../../services/clusters/user-action';
import { Forbidden, Invalid } from '../../../services/errors';
import type { RequestContext } from '../../operation';

/** The user behind a request that only users may make. */
export function userOf(actor: Actor): UserActor {
  if (actor.kind !== 'user') throw new Forbidden('Only users may do this.');
  return actor;
}

const fitKey = /^[\x21-\x7e]{1,255}$/;

/** Who wants something, with the Idempotency-Key header where there is one. */
export function userActionOf({ actor, header }: RequestContext): UserAction {
  const idempotencyKey = header('idempotency-key');
  if (idempotencyKey === undefined) return { actor: userOf(actor) };
  if (!fitKey.test(idempotencyKey)) throw new Invalid('Idempotency-Key must be 1 to 255 printable ASCII characters without spaces.');
  return { actor: userOf(actor), idempotencyKey };
}
