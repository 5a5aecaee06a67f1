import { effectiveHostname } from '../../host/effective-hostname';
import { resetValidationFacts } from '../../host/reset-validation-facts';
import type { HostStatus } from '../../host/status';
import { isRefusal, type Refusal } from '../../refusal';
import type { Change } from '../evaluation';
import type { ResetHostValidationIntent } from '../intents';
import type { ClusterSnapshot } from '../model';
import { findNamedHost } from '../named-host';
import { replaceHost } from '../replace-host';

/** What is measured once the installation runs helps nobody any more. */
const measured: readonly HostStatus[] = ['discovering', 'known', 'disconnected', 'insufficient', 'pending-for-input', 'preparing-for-installation'];

/** Forgets the measurements behind a validation, so that the next preparation takes them again. Conflict once the host is being installed. */
export function resetHostValidation(snapshot: ClusterSnapshot, { hostId, validationId }: ResetHostValidationIntent): Change | Refusal {
  const host = findNamedHost(snapshot, hostId);
  if (isRefusal(host)) return host;
  if (!measured.includes(host.status)) {
    return { type: 'Conflict', reason: `The validation ${validationId} of host ${effectiveHostname(host)} cannot be reset while the host is in status ${host.status}` };
  }
  return { snapshot: replaceHost(snapshot, { ...host, facts: resetValidationFacts(host, validationId) }), events: [] };
}
