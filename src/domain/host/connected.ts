import type { DomainSettings } from '../settings';
import type { Host } from './model';

/** True when the agent polled within the allowed silence; a host that never polled is not connected. */
export function isConnected(host: Host, now: Date, settings: DomainSettings): boolean {
  if (host.checkedInAt === null) return false;
  return now.getTime() - host.checkedInAt.getTime() <= settings.deadlines.agentSilence;
}
