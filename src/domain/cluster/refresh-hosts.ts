import { createHostRefreshContext } from '../host/refresh-context';
import { needsValidation, refreshHost } from '../host/refresh-host';
import type { DomainSettings } from '../settings';
import { createValidationContext } from '../validations/context';
import { evaluateHostValidations } from '../validations/evaluate-host';
import type { Connectivity } from './connectivity';
import type { Change } from './evaluation';
import type { ClusterSnapshot } from './model';

/** One step of every enabled host, all looking at the same snapshot. Returns the same snapshot when nothing changes. */
export function refreshHosts(snapshot: ClusterSnapshot, now: Date, settings: DomainSettings, connectivity: Connectivity): Change {
  const context = snapshot.hosts.some(needsValidation) ? createValidationContext(snapshot, now, settings, connectivity) : undefined;
  const changes = snapshot.hosts.map((host) => {
    if (host.status === 'disabled') return { host, events: [] };
    const validations = context !== undefined && needsValidation(host) ? evaluateHostValidations(context, host) : {};
    return refreshHost(createHostRefreshContext(host, snapshot, validations, now, settings));
  });
  const hosts = changes.map((change) => change.host);
  const same = hosts.every((host, index) => host === snapshot.hosts[index]);
  return { snapshot: same ? snapshot : { ...snapshot, hosts }, events: changes.flatMap((change) => change.events) };
}
