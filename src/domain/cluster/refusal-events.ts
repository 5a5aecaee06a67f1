import { draftEvent } from '../events/draft-event';
import type { EventDraft } from '../events/draft';
import type { EventName } from '../events/catalog';
import { effectiveHostname } from '../host/effective-hostname';
import { findHostUserRule, type HostTrigger } from '../host/user-transitions';
import type { Refusal } from '../refusal';
import type { DomainSettings } from '../settings';
import { mayCancel } from './intents/cancel';
import { mayReset } from './intents/reset';
import type { ClusterIntent } from './intents';
import type { ClusterSnapshot } from './model';

type HostFailure = Extract<EventName, 'host_install_cancel_failed' | 'host_reset_failed' | 'host_disable_failed' | 'host_enable_failed'>;

/** Longest part of a reason that tells one cause from another. */
const causeLength = 200;

/**
 * What a refused request of a user leaves behind: nothing but events, for operations whose failure others want to see. The same
 * request in the same state is the same cause.
 */
export function draftRefusalEvents(snapshot: ClusterSnapshot, intent: ClusterIntent, { type, reason }: Refusal, now: Date, settings: DomainSettings): EventDraft[] {
  const { cluster, hosts } = snapshot;
  const cause = { clusterId: cluster.id, cause: `${cluster.statusUpdatedAt.getTime()}:${reason.slice(0, causeLength)}`, at: now };
  const ofHost = (name: HostFailure, hostId: string): EventDraft[] => {
    const host = hosts.find((candidate) => candidate.id === hostId);
    return host === undefined ? [] : [draftEvent(name, { host: effectiveHostname(host), reason }, { ...cause, hostId, cause: `${host.statusUpdatedAt.getTime()}:${reason.slice(0, causeLength)}` })];
  };
  const ofHostsWithout = (trigger: HostTrigger, name: HostFailure): EventDraft[] => hosts.filter((host) => findHostUserRule(trigger, host) === undefined).flatMap((host) => ofHost(name, host.id));
  switch (intent.operation) {
    case 'deregister':
      return [draftEvent('cluster_deregister_failed', { name: cluster.name, reason }, cause)];
    case 'cancel':
      return [draftEvent('cancel_failed', { reason }, cause), ...(mayCancel(cluster.status) ? ofHostsWithout('cancel', 'host_install_cancel_failed') : [])];
    case 'reset':
      return [draftEvent('reset_failed', { reason }, cause), ...(mayReset(cluster.status) ? ofHostsWithout(settings.autoReset ? 'reset' : 'requireReset', 'host_reset_failed') : [])];
    case 'resetHost':
      return type === 'NotFound' ? [draftEvent('host_reset_fetch_failed', { host: intent.hostId }, { ...cause, hostId: intent.hostId })] : ofHost('host_reset_failed', intent.hostId);
    case 'disableHost':
      return ofHost('host_disable_failed', intent.hostId);
    case 'enableHost':
      return ofHost('host_enable_failed', intent.hostId);
    default:
      return [];
  }
}
