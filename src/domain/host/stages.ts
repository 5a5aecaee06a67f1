import type { Host } from './model';
import type { HostStage } from './stage';

const bootstrapStages: readonly HostStage[] = [
  'Starting installation', 'Installing', 'Writing image to disk', 'Waiting for control plane', 'Waiting for bootkube',
  'Waiting for controller', 'Rebooting', 'Configuring', 'Joined', 'Done',
];
const masterStages: readonly HostStage[] = [
  'Starting installation', 'Installing', 'Writing image to disk', 'Rebooting', 'Configuring', 'Joined', 'Done',
];
const workerStages: readonly HostStage[] = [
  'Starting installation', 'Installing', 'Writing image to disk', 'Rebooting', 'Waiting for ignition', 'Configuring', 'Joined', 'Done',
];

/** The stages a host goes through, in order; empty while it has no role. A host added to a running cluster ends with its reboot. */
export function stagesOf(host: Pick<Host, 'role' | 'bootstrap' | 'kind'>): readonly HostStage[] {
  if (host.role === 'auto-assign') return [];
  const stages = host.bootstrap || host.role === 'bootstrap' ? bootstrapStages : host.role === 'master' ? masterStages : workerStages;
  return host.kind === 'AddToExistingClusterHost' ? stages.slice(0, stages.indexOf('Rebooting') + 1) : stages;
}

/** How many of its stages a host has reached. */
export function countReachedStages(host: Pick<Host, 'role' | 'bootstrap' | 'kind' | 'stage'>): number {
  return host.stage === '' ? 0 : stagesOf(host).indexOf(host.stage) + 1;
}

/** Share of its stages a host has reached, in whole percent. */
export function installationPercentage(host: Pick<Host, 'role' | 'bootstrap' | 'kind' | 'stage'>): number {
  const total = stagesOf(host).length;
  return total === 0 ? 0 : Math.floor((100 * countReachedStages(host)) / total);
}
