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

/** The order a single node really takes: its image is written once it has been its own bootstrap host. */
const singleNodeStages: readonly HostStage[] = [
  'Starting installation', 'Installing', 'Waiting for bootkube', 'Writing image to disk', 'Rebooting', 'Configuring', 'Joined', 'Done',
];

/** How many of its stages a host has reached, and of how many. */
export function countStages(host: Pick<Host, 'role' | 'bootstrap' | 'kind' | 'stage'>, singleNode: boolean): { reached: number; total: number } {
  const stages = singleNode && host.kind === 'Host' ? singleNodeStages : stagesOf(host);
  return { reached: host.stage === '' ? 0 : stages.indexOf(host.stage) + 1, total: stages.length };
}

/** Share of its stages a host has reached, in whole percent. */
export function installationPercentage(host: Pick<Host, 'role' | 'bootstrap' | 'kind' | 'stage'>, singleNode: boolean): number {
  const { reached, total } = countStages(host, singleNode);
  return total === 0 ? 0 : Math.floor((100 * reached) / total);
}
