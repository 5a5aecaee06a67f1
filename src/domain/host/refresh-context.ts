import type { ClusterSnapshot } from '../cluster/model';
import { formatDuration } from '../deadlines/format-duration';
import { latest } from '../deadlines/latest';
import type { DomainSettings } from '../settings';
import type { ValidationsInfo } from '../validations/result';
import { isConnected } from './connected';
import type { Host } from './model';
import type { HostStage } from './stage';

/** What the refresh rules of a host look at. */
export interface HostRefreshContext {
  host: Host;
  snapshot: ClusterSnapshot;
  now: Date;
  settings: DomainSettings;
  validations: ValidationsInfo;
  connected: boolean;
}

export function createHostRefreshContext(
  host: Host, snapshot: ClusterSnapshot, validations: ValidationsInfo, now: Date, settings: DomainSettings,
): HostRefreshContext {
  return { host, snapshot, validations, now, settings, connected: isConnected(host, now, settings) };
}

const waitingForOthers: readonly (HostStage | '')[] = ['Waiting for control plane', 'Waiting for controller', 'Waiting for bootkube', 'Rebooting'];

/** True while a host waits for another one that its user has to reboot: no time-out may accrue. */
export function isStagePaused(host: Host, { cluster }: ClusterSnapshot): boolean {
  return host.status === 'installing-in-progress' && cluster.status === 'installing-pending-user-action' && waitingForOthers.includes(host.stage);
}

/** How long a stage may last without news, in milliseconds. */
export function stageLimit(stage: HostStage | '', { deadlines }: DomainSettings): number {
  return deadlines.stage[stage] ?? deadlines.stage['default'] ?? 3_600_000;
}

/** When the current stage counts as stuck. */
export function stageDeadline(host: Host, settings: DomainSettings): Date {
  return new Date((host.stageUpdatedAt ?? host.statusUpdatedAt).getTime() + stageLimit(host.stage, settings));
}

export function startDeadline(host: Host, { deadlines }: DomainSettings): Date {
  return new Date(host.statusUpdatedAt.getTime() + deadlines.hostInstallationStart);
}

/** When the collection of the host's logs counts as failed; undefined while none runs. */
export function findHostLogDeadline(host: Host, { deadlines }: DomainSettings): Date | undefined {
  if (host.status !== 'error' && host.status !== 'cancelled') return undefined;
  const since = (latest(host.logsCollectedAt, host.logsStartedAt) ?? host.statusUpdatedAt).getTime();
  if (host.logsInfo === 'requested') return new Date(since + deadlines.hostLogCollection);
  return host.logsInfo === 'collecting' ? new Date(since + deadlines.hostLogPending) : undefined;
}

/** Text of a stage that took too long. */
export function describeStageTimeout({ host, settings }: HostRefreshContext): string {
  const limit = formatDuration(stageLimit(host.stage, settings));
  return host.stage === 'Writing image to disk'
    ? `Writing the image to disk made no sufficient progress for ${limit}`
    : `Installation stage ${host.stage} took longer than ${limit}`;
}
