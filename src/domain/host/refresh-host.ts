import { draftEvent } from '../events/draft-event';
import type { EventDraft } from '../events/draft';
import { findValidationFlips, parseValidations } from '../events/validation-flips';
import type { ValidationsInfo } from '../validations/result';
import { effectiveHostname } from './effective-hostname';
import type { Host } from './model';
import type { HostRefreshContext } from './refresh-context';
import { findHostRefreshRule } from './refresh-transitions';
import { setHostStatus, type HostChange } from './set-host-status';
import type { HostStatus } from './status';

const validated: readonly HostStatus[] = [
  'discovering', 'known', 'disconnected', 'insufficient', 'pending-for-input', 'preparing-for-installation', 'preparing-successful',
  'installing', 'installing-in-progress', 'installing-pending-user-action',
];

/** True in the states in which a host's validations say something. */
export function needsValidation(host: Host): boolean {
  return validated.includes(host.status);
}

function flipEvents(host: Host, validations: ValidationsInfo, at: Date): EventDraft[] {
  const flips = findValidationFlips(parseValidations(host.validationsInfo), validations);
  const draft = (name: 'host_validation_failed' | 'host_validation_fixed') => ({ id, message }: { id: string; message: string }) =>
    draftEvent(name, { host: effectiveHostname(host), validation: id, message }, { clusterId: host.clusterId, hostId: host.id, cause: `${id}:${at.getTime()}`, at });
  return [...flips.failed.map(draft('host_validation_failed')), ...flips.fixed.map(draft('host_validation_fixed'))];
}

/** Stores what the validations say now. */
function storeValidations(host: Host, validations: ValidationsInfo, at: Date): HostChange {
  if (Object.keys(validations).length === 0) return { host, events: [] };
  const validationsInfo = JSON.stringify(validations);
  if (validationsInfo === host.validationsInfo) return { host, events: [] };
  return { host: { ...host, validationsInfo }, events: flipEvents(host, validations, at) };
}

/** One step of a host: its validations are stored and the first applicable rule fires. Returns the same host when nothing changes. */
export function refreshHost(context: HostRefreshContext): HostChange {
  const stored = storeValidations(context.host, context.validations, context.now);
  const rule = findHostRefreshRule(context);
  if (rule === undefined) return stored;
  const effect = rule.effect?.(context) ?? {};
  const affected = Object.keys(effect).length === 0 ? stored.host : { ...stored.host, ...effect };
  const status = rule.to === 'same' ? affected.status : rule.to;
  const moved = setHostStatus(affected, status, rule.info?.(context) ?? affected.statusInfo, context.now);
  return { host: moved.host, events: [...stored.events, ...moved.events] };
}
