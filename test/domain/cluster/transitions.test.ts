import { describe, expect, it } from 'vitest';
import { enabledHosts } from '../../../src/domain/cluster/enabled-hosts';
import type { Cluster, ClusterSnapshot } from '../../../src/domain/cluster/model';
import type { ClusterStatus } from '../../../src/domain/cluster/status';
import { clusterStatuses } from '../../../src/domain/cluster/status';
import { findClusterRefreshRule } from '../../../src/domain/cluster/transitions';
import type { HostStatus } from '../../../src/domain/host/status';
import type { ValidationsInfo } from '../../../src/domain/validations/result';
import { epoch, settings, toReady } from './story';

const ids = [
  'machine-cidr-defined', 'cluster-cidr-defined', 'service-cidr-defined', 'dns-domain-defined', 'pull-secret-set', 'api-vip-defined', 'ingress-vip-defined',
  'machine-cidr-equals-to-calculated-cidr', 'api-vip-valid', 'ingress-vip-valid', 'all-hosts-are-ready-to-install', 'sufficient-masters-count', 'network-prefix-valid',
  'no-cidrs-overlapping', 'ntp-server-configured', 'ocs-requirements-satisfied', 'lso-requirements-satisfied', 'cnv-requirements-satisfied',
];
const validations = (failing: string[]): ValidationsInfo => ({ all: ids.map((id) => ({ id, status: failing.includes(id) ? 'failure' : 'success', message: `${id} message` })) });
const at = (minutes: number): Date => new Date(epoch.getTime() + minutes * 60_000);
const base = toReady().snapshot;

interface Case {
  status: ClusterStatus;
  hosts?: HostStatus[];
  cluster?: Partial<Cluster>;
  failing?: string[];
  now?: Date;
  operators?: ClusterSnapshot['operators'];
}

function apply({ status, hosts = ['known', 'known', 'known'], cluster = {}, failing = [], now = epoch, operators = base.operators }: Case): string {
  const snapshot: ClusterSnapshot = {
    ...base, operators,
    cluster: { ...base.cluster, status, statusUpdatedAt: epoch, ...cluster },
    hosts: hosts.map((hostStatus, index) => ({ ...(base.hosts[0] as (typeof base.hosts)[number]), id: `host-${index}`, status: hostStatus, role: index < 3 ? 'master' : 'worker' })),
  };
  const rule = findClusterRefreshRule({ snapshot, cluster: snapshot.cluster, hosts: enabledHosts(snapshot), now, settings, validations: validations(failing) });
  return rule?.to === 'same' ? status : (rule?.to ?? 'none');
}

const three = (status: HostStatus): HostStatus[] => [status, status, status];
const operator = (name: string, operatorType: 'builtin' | 'olm', status: 'failed' | 'progressing' | 'available' | null) =>
  ({ name, operatorType, namespace: '', subscriptionName: '', properties: '', timeoutSeconds: 1, status, statusInfo: '', statusUpdatedAt: null });
const consoleUp = operator('console', 'builtin', 'available');

const before: ClusterStatus[] = ['pending-for-input', 'ready', 'insufficient'];

describe('transitions of a cluster before the installation', () => {
  it.each(before)('%s needs input first', (status) => {
    for (const id of ['machine-cidr-defined', 'cluster-cidr-defined', 'service-cidr-defined', 'dns-domain-defined', 'pull-secret-set', 'api-vip-defined', 'ingress-vip-defined']) {
      expect(apply({ status, failing: [id, 'ntp-server-configured'] }), id).toBe('pending-for-input');
    }
  });

  it.each(before)('%s with leased addresses waits for them as insufficient', (status) => {
    expect(apply({ status, cluster: { vipDhcpAllocation: true }, failing: ['api-vip-defined'] })).toBe('insufficient');
    expect(apply({ status, cluster: { vipDhcpAllocation: true }, failing: ['machine-cidr-defined'] })).toBe('pending-for-input');
  });

  it.each(before)('%s is insufficient while a requirement fails, else ready', (status) => {
    for (const id of ids.slice(7)) expect(apply({ status, failing: [id] }), id).toBe('insufficient');
    expect(apply({ status })).toBe('ready');
  });
});

describe('transitions of a cluster that prepares', () => {
  const status = 'preparing-for-installation';
  const prepared = three('preparing-successful');
  it.each<[string, Omit<Case, 'status'>, string]>([
    ['times out before anything else', { now: at(10), hosts: prepared, cluster: { preparationResult: 'success' } }, 'ready'],
    ['waits until then', { now: at(9.9) }, status],
    ['installs when hosts and files are prepared', { hosts: prepared, cluster: { preparationResult: 'success' } }, 'installing'],
    ['waits for the files', { hosts: prepared }, status],
    ['waits for the hosts', { hosts: ['preparing-successful', 'preparing-for-installation', 'preparing-successful'], cluster: { preparationResult: 'success' } }, status],
    ['stops when a host does', { hosts: ['preparing-successful', 'disconnected', 'known'], cluster: { preparationResult: 'success' } }, 'insufficient'],
    ['a stopped host goes before failed files', { hosts: ['insufficient', 'known', 'known'], cluster: { preparationResult: 'failed' } }, 'insufficient'],
    ['is ready again when the files failed', { hosts: prepared, cluster: { preparationResult: 'failed' } }, 'ready'],
    ['does not mind a disabled host', { hosts: [...prepared, 'disabled'], cluster: { preparationResult: 'success' } }, 'installing'],
  ])('%s', (_name, given, expected) => {
    expect(apply({ status, ...given })).toBe(expected);
  });
});

describe('transitions of a cluster that installs', () => {
  it.each<[string, Case, string]>([
    ['a wrongly booted host asks for the user', { status: 'installing', hosts: ['installed', 'installing-pending-user-action', 'installing'] }, 'installing-pending-user-action'],
    ['all masters installed: finalizing', { status: 'installing', hosts: three('installed') }, 'finalizing'],
    ['masters and one worker of two suffice', { status: 'installing', hosts: [...three('installed'), 'installed', 'error'] }, 'finalizing'],
    ['no worker of two is not enough', { status: 'installing', hosts: [...three('installed'), 'installing', 'error'] }, 'installing'],
    ['goes on', { status: 'installing', hosts: ['installing-in-progress', 'installing', 'preparing-successful'] }, 'installing'],
    ['a lost master is an error', { status: 'installing', hosts: ['error', 'installed', 'installed'] }, 'error'],
    ['all workers lost is an error', { status: 'installing', hosts: [...three('installing'), 'error', 'error'] }, 'error'],
    ['a single node needs one master', { status: 'installing', cluster: { highAvailabilityMode: 'None' }, hosts: ['installed'] }, 'finalizing'],
    ['waiting for the user: error', { status: 'installing-pending-user-action', hosts: ['installing-pending-user-action', 'error', 'installing'] }, 'error'],
    ['waiting for the user: still', { status: 'installing-pending-user-action', hosts: ['installing-pending-user-action', 'installed', 'installing'] }, 'installing-pending-user-action'],
    ['waiting for the user: over', { status: 'installing-pending-user-action', hosts: three('installing-in-progress') }, 'installing'],
    ['finalizing without kubeconfig', { status: 'finalizing', operators: [consoleUp] }, 'finalizing'],
    ['finalizing without console', { status: 'finalizing', cluster: { kubeconfigUploaded: true }, operators: [operator('console', 'builtin', 'progressing')] }, 'finalizing'],
    ['a failed builtin operator is waited for', { status: 'finalizing', cluster: { kubeconfigUploaded: true }, operators: [operator('console', 'builtin', 'failed')] }, 'finalizing'],
    ['a failed operator of the user degrades only', { status: 'finalizing', cluster: { kubeconfigUploaded: true }, operators: [consoleUp, operator('lso', 'olm', 'failed')] }, 'installed'],
    ['without operators', { status: 'finalizing', cluster: { kubeconfigUploaded: true }, operators: [] }, 'installed'],
  ])('%s', (_name, given, expected) => {
    expect(apply(given)).toBe(expected);
  });
});

describe('the table of cluster transitions', () => {
  it('has a rule for every status and never moves what is settled', () => {
    for (const status of clusterStatuses) expect(apply({ status })).not.toBe('none');
    for (const status of ['installed', 'error', 'cancelled', 'adding-hosts', 'finalizing'] as const) expect(apply({ status })).toBe(status);
  });

  it('gives up on logs that do not come', () => {
    for (const status of ['error', 'cancelled'] as const) {
      const log = (cluster: Partial<Cluster>, now: Date) => {
        const snapshot = { ...base, cluster: { ...base.cluster, status, statusUpdatedAt: epoch, ...cluster } };
        const context = { snapshot, cluster: snapshot.cluster, hosts: [], now, settings, validations: {} };
        return findClusterRefreshRule(context)?.effect?.(context);
      };
      expect(log({ logsInfo: '' }, at(9))).toBeUndefined();
      expect(log({ logsInfo: '' }, at(10))).toEqual({ logsInfo: 'timeout' });
      expect(log({ logsInfo: 'requested', controllerLogsStartedAt: epoch }, at(59))).toBeUndefined();
      expect(log({ logsInfo: 'requested', controllerLogsStartedAt: epoch }, at(60))).toEqual({ logsInfo: 'timeout' });
      expect(log({ logsInfo: 'collecting', controllerLogsCollectedAt: at(30) }, at(60))).toBeUndefined();
      expect(log({ logsInfo: 'completed' }, at(600))).toBeUndefined();
    }
  });
});
