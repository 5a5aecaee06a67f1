import { allPass, anyFails, failureMessages } from './validation-outcome';
import type { Host } from './model';
import { describeStageTimeout, findHostLogDeadline, isStagePaused, stageDeadline, startDeadline, type HostRefreshContext } from './refresh-context';
import type { HostStatus } from './status';

export interface HostRefreshRule {
  from: readonly HostStatus[];
  to: HostStatus | 'same';
  when: (context: HostRefreshContext) => boolean;
  /** Absent: the text stays. */
  info?: (context: HostRefreshContext) => string;
  effect?: (context: HostRefreshContext) => Partial<Host>;
}

type Condition = (context: HostRefreshContext) => boolean;
const always: Condition = () => true;
const all = (...conditions: Condition[]): Condition => (context) => conditions.every((condition) => condition(context));
const not = (condition: Condition): Condition => (context) => !condition(context);
const connected: Condition = (context) => context.connected;
const clusterIs = (...statuses: string[]): Condition => ({ snapshot }) => statuses.includes(snapshot.cluster.status);
const passes = (ids: readonly string[]): Condition => ({ validations }) => allPass(validations, ids);
const fails = (ids: readonly string[]): Condition => ({ validations }) => anyFails(validations, ids);
const due = (at: Date | undefined, now: Date): boolean => at !== undefined && at.getTime() <= now.getTime();

const minimumHardware = ['has-min-valid-disks', 'has-min-cpu-cores', 'has-min-memory', 'valid-platform'];
const input = ['machine-cidr-defined'];
const preparation = ['sufficient-installation-disk-speed', 'container-images-available'];
const required = [
  'has-memory-for-role', 'has-cpu-cores-for-role', 'belongs-to-machine-cidr', 'hostname-unique', 'hostname-valid', 'api-vip-connected',
  'belongs-to-majority-group', 'ocs-requirements-satisfied', 'lso-requirements-satisfied', 'cnv-requirements-satisfied', ...preparation,
  'sufficient-network-latency-requirement-for-role', 'sufficient-packet-loss-requirement-for-role',
];

const hasInventory: Condition = ({ host }) => host.facts.inventory !== undefined;
const hasRole: Condition = ({ host }) => host.role === 'master' || host.role === 'worker';
const onEarlyStage: Condition = ({ host }) => host.stage === 'Writing image to disk' || host.stage === 'Installing';
const startTimedOut: Condition = ({ host, now, settings }) => due(startDeadline(host, settings), now);
const stageTimedOut: Condition = ({ host, now, settings }) => due(stageDeadline(host, settings), now);
const logsTimedOut: Condition = ({ host, now, settings }) => due(findHostLogDeadline(host, settings), now);
const stagePaused: Condition = ({ host, snapshot }) => isStagePaused(host, snapshot);

/** All that a prepared host has proven: its installation disk is fast enough and the images it needs can be pulled. */
const isPrepared: Condition = (context) => {
  const { host } = context;
  const disk = host.facts.disksInfo[host.installationDiskId || host.installationDiskPath];
  return disk?.disk_speed.tested === true && disk.disk_speed.exit_code === 0
    && Object.keys(host.facts.imagesStatus).length > 0 && allPass(context.validations, ['container-images-available']);
};

const withFailures = (text: string) => ({ validations }: HostRefreshContext): string => {
  const messages = failureMessages(validations);
  return messages === '' ? text : `${text}: ${messages}`;
};
const text = (info: string) => (): string => info;

/** What the host is installed by; its agent is told so in this state. */
const installer = ({ settings }: HostRefreshContext): Partial<Host> => ({ installerVersion: settings.agent.installerImage });

const readyInfo = text('Host is ready to be installed');
const connectionLost = text('The host stopped communicating with the service during the installation');
const beforeInstallation: readonly HostStatus[] = ['discovering', 'insufficient', 'known', 'pending-for-input', 'disconnected'];
const pauseStep = 60_000;

/** How a host moves by itself. Tried in this order; the first rule whose condition holds fires, and only that one. */
export const hostRefreshRules: readonly HostRefreshRule[] = [
  { from: ['known'], to: 'preparing-for-installation', when: all(hasRole, connected, clusterIs('preparing-for-installation')), info: text('Host is preparing for the installation') },
  { from: ['preparing-for-installation'], to: 'preparing-successful', when: all(connected, isPrepared, clusterIs('preparing-for-installation')), info: text('Host is prepared for the installation') },
  { from: ['preparing-successful'], to: 'installing', when: all(connected, clusterIs('installing')), info: text('Installation is in progress'), effect: installer },
  { from: ['preparing-for-installation'], to: 'insufficient', when: all(connected, fails(preparation)), info: withFailures('Host cannot be installed') },
  { from: ['preparing-for-installation'], to: 'known', when: all(connected, not(clusterIs('preparing-for-installation'))), info: readyInfo },
  { from: ['preparing-successful'], to: 'known', when: all(connected, not(clusterIs('preparing-for-installation', 'installing'))), info: readyInfo },
  { from: ['preparing-for-installation', 'preparing-successful'], to: 'disconnected', when: not(connected), info: text('The host stopped communicating with the service while it was preparing') },
  { from: beforeInstallation, to: 'disconnected', when: not(connected), info: text('The host stopped communicating with the service') },
  {
    from: ['installing', 'installing-in-progress', 'installed', 'resetting-pending-user-action', 'installing-pending-user-action'], to: 'error',
    when: all(({ host }) => host.kind === 'Host', clusterIs('error')), info: text('Host is part of a cluster that failed to install'),
  },
  { from: ['installing'], to: 'error', when: startTimedOut, info: text('The installation did not start on the host in time') },
  { from: ['installing'], to: 'error', when: not(connected), info: connectionLost },
  { from: ['installing-in-progress'], to: 'error', when: all(onEarlyStage, not(connected)), info: connectionLost },
  {
    from: ['installing-in-progress'], to: 'same', when: stagePaused,
    effect: ({ host, now }) => (host.stageUpdatedAt === null || now.getTime() - host.stageUpdatedAt.getTime() >= pauseStep ? { stageUpdatedAt: now } : {}),
  },
  { from: ['installing-in-progress'], to: 'error', when: stageTimedOut, info: describeStageTimeout },
  { from: ['disconnected', 'discovering'], to: 'discovering', when: not(hasInventory), info: text('Waiting for the host to send its hardware details') },
  { from: beforeInstallation, to: 'insufficient', when: not(passes(minimumHardware)), info: withFailures('Host does not meet the minimum hardware requirements') },
  { from: beforeInstallation, to: 'pending-for-input', when: not(passes(input)), info: withFailures('Waiting for user input') },
  { from: beforeInstallation, to: 'insufficient', when: not(passes(required)), info: withFailures('Host cannot be installed') },
  { from: beforeInstallation, to: 'known', when: always, info: readyInfo },
  { from: ['error', 'cancelled'], to: 'same', when: logsTimedOut, effect: () => ({ logsInfo: 'timeout' }) },
  {
    from: [
      'disabled', 'error', 'cancelled', 'resetting', 'resetting-pending-user-action', 'added-to-existing-cluster', 'installed', 'installing-pending-user-action',
      'installing', 'installing-in-progress', 'preparing-for-installation', 'preparing-successful',
    ],
    to: 'same', when: always,
  },
];

/** The first rule that applies; there is one for every status. */
export function findHostRefreshRule(context: HostRefreshContext): HostRefreshRule | undefined {
  return hostRefreshRules.find((rule) => rule.from.includes(context.host.status) && rule.when(context));
}
