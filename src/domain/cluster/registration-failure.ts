import { draftEvent } from '../events/draft-event';
import type { EventDraft } from '../events/draft';
import type { RegistrationIntent } from './intents';

/** Tells that a registration was refused, under the id that the cluster would have had. */
export function draftRegistrationFailure({ operation, name }: Pick<RegistrationIntent, 'operation' | 'name'>, clusterId: string, reason: string, now: Date): EventDraft {
  const event = operation === 'register' ? 'cluster_register_failed' : 'add_hosts_cluster_register_failed';
  return draftEvent(event, { name, reason }, { clusterId, cause: reason.slice(0, 200), at: now });
}
