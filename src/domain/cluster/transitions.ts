import { draftEvent } from '../events/draft-event';
import type { EventDraft } from '../events/draft';
import { formatDuration } from '../deadlines/format-duration';
import type { Host } from '../host/model';
import { allPass, failureMessages } from '../host/validation-outcome';
import type { DomainSettings } from '../settings';
import type { ValidationsInfo } from '../validations/result';
import { hasEnoughHosts, installingHostStatuses } from './enough-hosts';
import type { Cluster, ClusterSnapshot } from './model';
import { isOperatorSettled } from './operators';
import { findSingleNodeAddress } from './single-node-address';
import type { ClusterStatus } from './status';
import { findClusterLogDeadline, preparationDeadline } from './time-limits';

/** What the refresh rules of a cluster look at; `hosts` are the enabled ones. */
export interface ClusterRefreshContext {
  snapshot: ClusterSnapshot;
  cluster: Cluster;
  hosts: Host[];
  now: Date;
  settings: DomainSettings;
  validations: ValidationsInfo;
}

export interface ClusterRefreshRule {
  from: readonly ClusterStatus[];
  to: ClusterStatus | 'same';
  when: (context: ClusterRefreshContext) => boolean;
  /** Absent: the text stays. */
  info?: (context: ClusterRefreshContext) => string;
  effect?: (context: ClusterRefreshContext) => Partial<Cluster>;
  events?: (context: ClusterRefreshContext) => EventDraft[];
}

type Condition = (context: ClusterRefreshContext) => boolean;
const all = (...conditions: Condition[]): Condition => (context) => conditions.every((condition) => condition(context));
const not = (condition: Condition): Condition => (context) => !condition(context);

const vips = ['api-vip-defined', 'ingress-vip-defined'];
const inputs = ['machine-cidr-defined', 'cluster-cidr-defined', 'service-cidr-defined', 'dns-domain-defined', 'pull-secret-set'];
const requirements = [
  'machine-cidr-equals-to-calculated-cidr', 'api-vip-valid', 'ingress-vip-valid', 'all-hosts-are-ready-to-install', 'sufficient-masters-count',
  'network-prefix-valid', 'no-cidrs-overlapping', 'ntp-server-configured',
  'ocs-requirements-satisfied', 'lso-requirements-satisfied', 'cnv-requirements-satisfied',
];

const hasInputs: Condition = ({ cluster, validations }) => allPass(validations, cluster.vipDhcpAllocation ? inputs : [...vips, ...inputs]);
const meetsRequirements: Condition = ({ cluster, validations }) => allPass(validations, cluster.vipDhcpAllocation ? [...vips, ...requirements] : requirements);
const preparationTimedOut: Condition = ({ cluster, settings, now }) => preparationDeadline(cluster, settings).getTime() <= now.getTime();
const allPrepared: Condition = ({ hosts }) => hosts.length > 0 && hosts.every((host) => host.status === 'preparing-successful');
const prepared = (result: Cluster['preparationResult']): Condition => ({ cluster }) => cluster.preparationResult === result;
const hostStopped: Condition = ({ hosts }) =>
  hosts.some((host) => host.status !== 'preparing-for-installation' && host.status !== 'preparing-successful' && host.status !== 'known');
const needsUser: Condition = ({ hosts }) => hosts.some((host) => host.status === 'installing-pending-user-action');
const enoughInstalling: Condition = ({ cluster, hosts }) => hasEnoughHosts(cluster, hosts, installingHostStatuses);
const enoughInstalled: Condition = ({ cluster, hosts }) => hasEnoughHosts(cluster, hosts, ['installed']);
const complete: Condition = ({ cluster, snapshot }) => cluster.kubeconfigUploaded && snapshot.operators.every(isOperatorSettled);
const logsTimedOut: Condition = ({ cluster, settings, now }) => {
  const deadline = findClusterLogDeadline(cluster, settings);
  return deadline !== undefined && deadline.getTime() <= now.getTime();
};

const text = (info: string) => (): string => info;
const withFailures = (info: string) => ({ validations }: ClusterRefreshContext): string => {
  const messages = failureMessages(validations);
  return messages === '' ? info : `${info}: ${messages}`;
};
const installingInfo = text('Installation is in progress');
const hostsInError = text('Too many hosts of the cluster are in error');
const wrongBootOrder = text('A host booted the discovery image instead of its installation disk; correct its boot order');

function describeInstalled({ snapshot }: ClusterRefreshContext): string {
  const failed = snapshot.operators.filter((operator) => operator.status === 'failed').map((operator) => operator.name).sort();
  return failed.length === 0 ? 'Cluster is installed' : `Cluster is installed but degraded: these operators failed: ${failed.join(', ')}`;
}

function singleNodeVips(context: ClusterRefreshContext): Partial<Cluster> {
  if (context.cluster.highAvailabilityMode !== 'None') return {};
  const address = findSingleNodeAddress(context.snapshot);
  return address === undefined ? {} : { apiVip: address, ingressVip: address };
}

const timedOutEvent = ({ cluster, settings, now }: ClusterRefreshContext): EventDraft[] => [
  draftEvent('preparing_timed_out', { after: formatDuration(settings.deadlines.prepareForInstallation) },
    { clusterId: cluster.id, cause: cluster.statusUpdatedAt.getTime(), at: now }),
];
const finishedEvent = ({ cluster, now }: ClusterRefreshContext): EventDraft[] => [
  draftEvent('install_finished', { name: cluster.name }, { clusterId: cluster.id, cause: now.getTime(), at: now }),
];

const beforeInstallation: readonly ClusterStatus[] = ['pending-for-input', 'ready', 'insufficient'];

/** How a cluster moves by itself. Tried in this order; the first rule whose condition holds fires, and only that one. */
export const clusterRefreshRules: readonly ClusterRefreshRule[] = [
  { from: beforeInstallation, to: 'pending-for-input', when: not(hasInputs), info: withFailures('User input is required') },
  { from: beforeInstallation, to: 'insufficient', when: not(meetsRequirements), info: withFailures('Cluster is not ready for installation') },
  { from: beforeInstallation, to: 'ready', when: () => true, info: text('Cluster is ready to be installed') },
  { from: ['preparing-for-installation'], to: 'ready', when: preparationTimedOut, info: text('Preparing the installation timed out'), events: timedOutEvent },
  { from: ['preparing-for-installation'], to: 'installing', when: all(allPrepared, prepared('success')), info: installingInfo, effect: singleNodeVips },
  { from: ['preparing-for-installation'], to: 'insufficient', when: hostStopped, info: text('A host stopped preparing for the installation') },
  { from: ['preparing-for-installation'], to: 'ready', when: prepared('failed'), info: ({ cluster }) => `Preparing the installation failed: ${cluster.preparationInfo}` },
  { from: ['installing'], to: 'installing-pending-user-action', when: all(enoughInstalling, needsUser), info: wrongBootOrder },
  { from: ['installing'], to: 'finalizing', when: all(enoughInstalled, not(needsUser)), info: text('Finalizing the installation') },
  { from: ['installing'], to: 'same', when: enoughInstalling, info: installingInfo },
  { from: ['installing'], to: 'error', when: not(enoughInstalling), info: hostsInError },
  { from: ['installing-pending-user-action'], to: 'error', when: not(enoughInstalling), info: hostsInError },
  { from: ['installing-pending-user-action'], to: 'same', when: needsUser, info: wrongBootOrder },
  { from: ['installing-pending-user-action'], to: 'installing', when: not(needsUser), info: installingInfo },
  { from: ['finalizing'], to: 'installed', when: complete, info: describeInstalled, events: finishedEvent },
  { from: ['error', 'cancelled'], to: 'same', when: logsTimedOut, effect: () => ({ logsInfo: 'timeout' }) },
  { from: ['preparing-for-installation', 'finalizing', 'installed', 'error', 'cancelled', 'adding-hosts'], to: 'same', when: () => true },
];

/** The first rule that applies; there is one for every status. */
export function findClusterRefreshRule(context: ClusterRefreshContext): ClusterRefreshRule | undefined {
  return clusterRefreshRules.find((rule) => rule.from.includes(context.cluster.status) && rule.when(context));
}
