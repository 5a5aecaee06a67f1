import { expect } from 'vitest';
import type { ClusterStatus } from '../../../src/domain/cluster/status';
import { parseValidations } from '../../../src/domain/events/validation-flips';
import { wantedSubscription } from '../../../src/domain/subscription/wanted';
import { settings } from '../cluster/story';
import { clusterIn, failing, operator, three, withoutInput, type ClusterGiven } from './cluster-given';
import type { Case, Played, RefusedAs, Row } from './row';

export type ClusterTrigger = 'register' | 'register to add hosts' | 'refresh' | 'install' | 'cancel' | 'reset' | 'report failure' | 'deregister';
type ClusterCase = Case<ClusterStatus>;

const given = (changes: ClusterGiven = {}, rest: Omit<ClusterCase, 'given'> = {}): ClusterCase => ({ given: (from) => clusterIn(from, changes), ...rest });
const { deadlines } = settings;
const beforeInstallation = ['pending-for-input', 'ready', 'insufficient'] as const;
const life = 'test/domain/cluster/happy-path.test.ts';

/** The validation that a case is named after is the one that does not succeed. */
const fails = (id: string) => ({ snapshot }: Played): void => {
  const result = Object.values(parseValidations(snapshot.cluster.validationsInfo)).flat().find((candidate) => candidate.id === id);
  expect(result?.status, id).not.toBe('success');
};
const dhcp = { vipDhcpAllocation: true };
const inputCases = (ids: string[], cluster: object = {}): Record<string, ClusterCase> =>
  Object.fromEntries(ids.map((id) => [`${id}${Object.keys(cluster).length > 0 ? ' (DHCP)' : ''}`, given({ cluster: { ...cluster, ...withoutInput[id] } }, { check: fails(id) })]));
const vips = ['api-vip-defined', 'ingress-vip-defined'];
const console_ = operator('console', 'available');
const kubeconfigUploaded = true;
const logs = (cluster: ClusterGiven['cluster'], after: number): ClusterCase =>
  given({ cluster: cluster ?? {} }, { after, check: ({ snapshot }) => expect(snapshot.cluster.logsInfo).toBe('timeout') });
const at = (minutes: number): Date => new Date(clusterIn('error').cluster.statusUpdatedAt.getTime() + minutes * 60_000);

/** How a cluster changes its status, and what leaves it where it is. */
export const clusterRows: readonly Row<ClusterTrigger, ClusterStatus>[] = [
  { id: '1', trigger: 'register', from: [], to: 'insufficient', when: 'always', info: /not ready/, events: ['cluster_registered'], cases: { 'a new cluster': given() } },
  { id: '2', trigger: 'register to add hosts', from: [], to: 'adding-hosts', when: 'always', info: /Hosts can be added/, events: ['add_hosts_cluster_registered'], cases: { 'a running cluster': given() } },
  {
    id: '3', trigger: 'refresh', from: beforeInstallation, to: 'pending-for-input', when: 'an input is missing; the virtual addresses are none where DHCP gives them', info: /User input is required/,
    cases: { ...inputCases(Object.keys(withoutInput)), ...inputCases(Object.keys(withoutInput).filter((id) => !vips.includes(id)), dhcp) },
  },
  {
    id: '4', trigger: 'refresh', from: beforeInstallation, to: 'insufficient', when: 'all input is there, a requirement is not met; with DHCP the virtual addresses are requirements', info: /not ready/,
    cases: { ...Object.fromEntries(Object.entries(failing).map(([id, broken]) => [id, given(broken, { check: fails(id) })])), ...inputCases(vips, dhcp) },
  },
  { id: '5', trigger: 'refresh', from: beforeInstallation, to: 'ready', when: 'all input is there and all requirements are met', info: /is ready/, cases: { 'three good hosts': given(), 'without the lease of an address': given({ cluster: dhcp }) } },
  {
    id: '6', trigger: 'install', from: ['ready'], to: 'preparing-for-installation', when: 'every host is known', info: /Preparing/, effects: 'start is stamped; result of the preparation and logs are cleared; a bootstrap host is chosen',
    events: ['host_set_bootstrap', 'cluster_status_updated'],
    cases: { 'three known hosts': given({ cluster: { preparationResult: 'failed', logsInfo: 'completed', controllerLogsStartedAt: at(0), controllerLogsCollectedAt: at(0) } }, { check: ({ snapshot: { cluster, hosts } }) => {
      expect(cluster).toMatchObject({ installStartedAt: at(0), preparationResult: null, logsInfo: '', controllerLogsStartedAt: null, controllerLogsCollectedAt: null });
      expect(hosts.map((host) => host.bootstrap)).toEqual([false, false, true]);
    } }) },
    provedBy: [{ file: 'test/workflows/installation.test.ts', title: 'goes from registration to installed within the history budget, and every run replays' }],
  },
  {
    id: '7', trigger: 'refresh', from: ['preparing-for-installation'], to: 'ready', when: 'the preparation took too long, whatever else is true', info: /timed out/, events: ['preparing_timed_out', 'cluster_status_updated'],
    cases: {
      'nothing prepared': given({}, { after: deadlines.prepareForInstallation }),
      'all prepared, too late': given({ hosts: three('preparing-successful'), cluster: { preparationResult: 'success' } }, { after: deadlines.prepareForInstallation }),
    },
    provedBy: [{ file: 'test/workflows/timers.test.ts', title: 'a preparation that does not end takes the cluster back to ready' }],
  },
  {
    id: '8', trigger: 'refresh', from: ['preparing-for-installation'], to: 'installing', when: 'all hosts and the files are prepared', info: /in progress/, effects: 'a single node gets its address as both virtual ones',
    cases: {
      'three hosts': given({ hosts: three('preparing-successful'), cluster: { preparationResult: 'success' } }),
      'a disabled host besides': given({ hosts: [...three('preparing-successful'), 'disabled'], cluster: { preparationResult: 'success' } }),
      'a single node': given({
        hosts: ['preparing-successful'], host: (host) => ({ ...host, bootstrap: true }),
        cluster: { preparationResult: 'success', highAvailabilityMode: 'None', userManagedNetworking: true, apiVip: '', ingressVip: '' },
      }, { check: ({ snapshot }) => expect(snapshot.cluster).toMatchObject({ apiVip: '192.168.126.11', ingressVip: '192.168.126.11' }) }),
    },
  },
  {
    id: '9', trigger: 'refresh', from: ['preparing-for-installation'], to: 'insufficient', when: 'a host is in another status than a preparing or known one, also when the files failed', info: /stopped preparing/,
    cases: Object.fromEntries((['disconnected', 'insufficient', 'discovering', 'pending-for-input', 'error', 'installing', 'resetting-pending-user-action'] as const).map((status) =>
      [`a host is ${status}`, given({ hosts: ['preparing-successful', status, 'known'], cluster: { preparationResult: 'failed' } })])),
  },
  {
    id: '10', trigger: 'refresh', from: ['preparing-for-installation'], to: 'ready', when: 'the files could not be made', info: /failed: no space/,
    cases: { 'with its reason': given({ hosts: three('preparing-successful'), cluster: { preparationResult: 'failed', preparationInfo: 'no space' } }) },
    provedBy: [{ file: 'test/workflows/failures.test.ts', title: 'that fails for good takes the cluster back to ready, and a second one succeeds' }],
  },
  {
    id: '11', trigger: 'refresh', from: ['installing'], to: 'installing-pending-user-action', when: 'enough hosts install and one waits for its user', info: /boot order/,
    cases: { 'a master': given({ hosts: ['installing-pending-user-action', 'installing-in-progress', 'installed'] }), 'a worker': given({ hosts: [...three('installed'), 'installing-pending-user-action'] }) },
  },
  {
    id: '12', trigger: 'refresh', from: ['installing'], to: 'finalizing', when: 'enough hosts are installed and none waits for its user', info: /Finalizing/,
    cases: { 'three masters': given({ hosts: three('installed') }), 'one worker of two': given({ hosts: [...three('installed'), 'installed', 'error'] }), 'a single node': given({ hosts: ['installed'], cluster: { highAvailabilityMode: 'None' } }) },
  },
  {
    id: '13', trigger: 'refresh', from: ['installing'], to: 'same', when: 'enough hosts install, not enough are installed, none waits', info: /in progress/,
    cases: { 'two of three': given({ hosts: ['installed', 'installed', 'installing-in-progress'] }), 'no worker yet': given({ hosts: [...three('installed'), 'installing', 'installing'] }), 'one host still starts': given({ hosts: ['preparing-successful', 'installing', 'installing'] }) },
  },
  {
    id: '14', trigger: 'refresh', from: ['installing'], to: 'error', when: 'neither enough hosts are installed nor enough install', info: /in error/, effects: 'end is stamped',
    cases: { 'a master is lost': given({ hosts: ['error', 'installed', 'installed'] }, { check: ({ snapshot }) => expect(snapshot.cluster.installCompletedAt).toEqual(at(0)) }), 'all workers are lost': given({ hosts: [...three('installing'), 'error'] }) },
  },
  { id: '15a', trigger: 'refresh', from: ['installing-pending-user-action'], to: 'error', when: 'not enough hosts install', info: /in error/, cases: { 'a master is lost': given({ hosts: ['installing-pending-user-action', 'error', 'installing'] }) } },
  { id: '15b', trigger: 'refresh', from: ['installing-pending-user-action'], to: 'same', when: 'a host still waits', info: /boot order/, cases: { 'one of three': given({ hosts: ['installing-pending-user-action', 'installed', 'installing'] }) } },
  { id: '15c', trigger: 'refresh', from: ['installing-pending-user-action'], to: 'installing', when: 'no host waits any more', info: /in progress/, cases: { 'all go on': given({ hosts: three('installing-in-progress') }) } },
  {
    id: '16', trigger: 'refresh', from: ['finalizing'], to: 'same', when: 'the console is there, the kubeconfig is not', effects: 'the subscription is to have the address of the console; that AMS has it is waited for by nobody',
    cases: { 'console available': given({ operators: [console_] }, { check: ({ snapshot }) => expect(wantedSubscription(snapshot, false).consoleUrl).toContain('console-openshift-console') }) },
    provedBy: [{ file: 'test/workflows/failures.test.ts', title: 'is not delayed by AMS, which learns of everything later' }],
  },
  {
    id: '17', trigger: 'refresh', from: ['finalizing'], to: 'installed', when: 'the kubeconfig is there, every builtin operator is available, every other available or failed', info: /installed/, events: ['install_finished', 'cluster_status_updated'],
    effects: 'end is stamped; failed operators are named',
    cases: {
      'console available': given({ operators: [console_], cluster: { kubeconfigUploaded } }, { check: ({ snapshot }) => expect(snapshot.cluster.installCompletedAt).toEqual(at(0)) }),
      'no operator is watched': given({ operators: [], cluster: { kubeconfigUploaded } }),
      degraded: given({ operators: [console_, operator('lso', 'failed', 'olm')], cluster: { kubeconfigUploaded } }, { check: ({ snapshot }) => expect(snapshot.cluster.statusInfo).toMatch(/degraded.*lso/) }),
    },
    provedBy: [{ file: life, title: 'ends installed once kubeconfig and console are there' }],
  },
  {
    id: '18', trigger: 'report failure', from: ['finalizing'], to: 'error', when: 'the controller says that the installation failed', info: /etcd is down/, events: ['install_failed', 'cluster_status_updated'],
    cases: { 'with its reason': given() },
  },
  {
    id: '19', trigger: 'cancel', from: ['installing', 'installing-pending-user-action', 'error', 'finalizing'], to: 'cancelled', when: 'every host can follow', info: /cancelled by the user/, events: ['install_cancelled', 'host_install_cancelled'],
    cases: { 'all hosts': given({}, { check: ({ snapshot }) => expect(snapshot.hosts.every((host) => host.status === 'cancelled')).toBe(true) }), 'but disabled ones': given({ hosts: [...three('error'), 'disabled'] }) },
    provedBy: [{ file: 'test/workflows/failures.test.ts', title: 'can be cancelled and reset; what it stored is gone, even after an attempt that fails' }],
  },
  {
    id: '20', trigger: 'cancel', from: ['preparing-for-installation'], to: 'ready', when: 'every host can follow', info: /cancelled by the user/, events: ['install_cancelled'],
    cases: { 'all hosts': given({}, { check: ({ snapshot }) => expect(snapshot.hosts.every((host) => host.status === 'known')).toBe(true) }) },
  },
  {
    id: '21', trigger: 'reset', from: ['preparing-for-installation', 'installing', 'installing-pending-user-action', 'error', 'cancelled', 'finalizing'], to: 'insufficient', when: 'every host can follow', info: /reset by the user/,
    effects: 'cluster id, logs, the state of the operators and a single node\'s virtual addresses are cleared; start and end stay', events: ['install_reset', 'host_reset'],
    cases: {
      'three hosts': given({ cluster: { openshiftClusterId: 'id', logsInfo: 'completed', installStartedAt: at(0), kubeconfigUploaded }, operators: [console_] }, { check: ({ snapshot }, { cluster }) => {
        expect(snapshot.cluster).toMatchObject({ openshiftClusterId: '', logsInfo: '', kubeconfigUploaded: false, preparationResult: null, installStartedAt: cluster.installStartedAt, apiVip: cluster.apiVip });
        expect(snapshot.operators.map(({ status }) => status)).toEqual([null]);
        expect(snapshot.hosts.every((host) => host.status === 'resetting-pending-user-action')).toBe(true);
      } }),
      'a single node': given({ cluster: { highAvailabilityMode: 'None' } }, { check: ({ snapshot }) => expect(snapshot.cluster).toMatchObject({ apiVip: '', ingressVip: '' }) }),
    },
  },
  {
    id: '22', trigger: 'refresh', from: ['error', 'cancelled'], to: 'same', when: 'the controller\'s logs did not come in time', effects: 'logs are given up',
    cases: {
      'never asked for': logs({}, deadlines.logPending),
      'asked for': logs({ logsInfo: 'requested', controllerLogsStartedAt: at(5) }, deadlines.logCollection + 5 * 60_000),
      'some have come': logs({ logsInfo: 'collecting', controllerLogsStartedAt: at(1), controllerLogsCollectedAt: at(5) }, deadlines.logCollection + 5 * 60_000),
    },
  },
  {
    id: '23', trigger: 'refresh', from: ['preparing-for-installation', 'finalizing', 'installed', 'error', 'cancelled', 'adding-hosts'], to: 'same', when: 'nothing else applies',
    cases: { 'nothing happened': given({}, { check: ({ events }) => expect(events).toEqual([]) }) },
  },
  {
    id: '24', trigger: 'deregister', from: ['insufficient', 'ready', 'error', 'preparing-for-installation', 'pending-for-input', 'finalizing', 'installed', 'adding-hosts', 'cancelled', 'installing-pending-user-action'], to: 'gone',
    when: 'the user asks for it, or nothing happened to the cluster for three weeks', events: ['cluster_deregistered'], cases: { 'with its hosts': given() },
    provedBy: [
      { file: 'test/workflows/cluster.test.ts', title: 'deregisters a cluster; later updates find nothing' },
      { file: 'test/workflows/timers.test.ts', title: 'a cluster that nothing happens to is announced, deregistered, and 72 hours later gone with everything of it' },
    ],
  },
];

/** What a trigger is answered in the statuses that no row names, all hosts being in their usual status. */
export const clusterRefusals: Record<Exclude<ClusterTrigger, 'register' | 'register to add hosts' | 'refresh'>, (from: ClusterStatus) => RefusedAs> = {
  // Hosts that are not known are told first; only a cluster whose hosts are all known is in the wrong status.
  install: (from) => (['pending-for-input', 'insufficient', 'adding-hosts'].includes(from) ? 'Conflict' : 'Invalid'),
  cancel: () => 'Conflict',
  reset: () => 'Conflict',
  deregister: () => 'Conflict',
  'report failure': () => 'Conflict',
};
