import type { UserActor } from '../../auth/actor';

/** Who wants something, and the key under which he may ask again. */
export interface UserAction {
  actor: UserActor;
  idempotencyKey?: string;
}

export const keyOf = ({ idempotencyKey }: UserAction): { idempotencyKey?: string } => (idempotencyKey === undefined ? {} : { idempotencyKey });
