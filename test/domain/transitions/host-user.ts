import { expect } from 'vitest';
import type { Host } from '../../../src/domain/host/model';
import { hostStatuses, type HostStatus } from '../../../src/domain/host/status';
import { epoch } from '../cluster/story';
import { hostIn, type HostGiven } from './host-given';
import type { Case, Played, RefusedAs, Row } from './row';

export type HostTrigger = 'register' | 'install step failed' | 'cancel' | 'reset' | 'require reset' | 'install' | 'disable' | 'enable' | 'deregister';
type HostCase = Case<HostStatus>;

const given = (changes: HostGiven = {}, rest: Omit<HostCase, 'given'> = {}): HostCase => ({ given: (from) => hostIn(from, changes), ...rest });
const first = ({ snapshot }: Played): Host => {
  const [host] = snapshot.hosts;
  if (host === undefined) throw new Error('no host');
  return host;
};
const rebooting = { stage: 'Rebooting', stageStartedAt: epoch, stageUpdatedAt: epoch } as const;
const withLogs = { logsInfo: 'completed', logsStartedAt: epoch, logsCollectedAt: epoch } as const;
const forgotten = (played: Played): void => expect(first(played)).toMatchObject({ bootstrap: false, stage: '', stageInfo: '', stageStartedAt: null, stageUpdatedAt: null });
const started: HostGiven = { host: { ...rebooting, stage: 'Installing', bootstrap: true, stageInfo: 'x' } };
const onDisk = ['installing-pending-user-action', 'installing', 'installing-in-progress', 'installed', 'error'] as const;
const stoppable = ['preparing-for-installation', 'preparing-successful', 'known'] as const;
const clearsLogs: HostCase = given({ cluster: 'installing', host: withLogs }, { check: (played) => expect(first(played)).toMatchObject({ logsInfo: '', logsStartedAt: null, logsCollectedAt: null }) });
const installing: HostCase = given({ cluster: 'installing' });

/** What agents and users do to a host. */
export const hostUserRows: readonly Row<HostTrigger, HostStatus>[] = [
  {
    id: '1', trigger: 'register', from: ['discovering', 'known', 'disconnected', 'insufficient', 'resetting-pending-user-action', 'preparing-for-installation', 'preparing-successful'], to: 'discovering',
    when: 'always', info: /Waiting for the host/, events: ['host_registered'], effects: 'inventory, NTP sources, bootstrap and stage are forgotten; role, name, disk and passed checks stay',
    cases: { 'a host that had begun': given(started, { check: (played) => {
      forgotten(played);
      expect(first(played).facts.inventory).toBeUndefined();
      expect(first(played).facts.connectivity).toBeDefined();
      expect(first(played)).toMatchObject({ role: 'master', installationDiskId: '/dev/disk/by-id/wwn-1' });
    } }) },
    provedBy: [{ file: 'test/workflows/cluster.test.ts', title: 'sees a registered host by its signal' }],
  },
  { id: '1 (new)', trigger: 'register', from: [], to: 'discovering', when: 'the cluster takes hosts', info: /Waiting for the host/, events: ['host_registered'], cases: { 'a new host': { given: () => hostIn('known') } }, provedBy: [{ file: 'test/api/hosts.test.ts', title: 'registers' }] },
  { id: '2', trigger: 'register', from: ['disabled'], to: 'same', when: 'always', cases: { disabled: given() } },
  { id: '3a', trigger: 'register', from: ['resetting'], to: 'same', when: 'it had rebooted', cases: { rebooting: given({ host: rebooting }) } },
  { id: '3b', trigger: 'register', from: ['resetting'], to: 'discovering', when: 'it had not rebooted', info: /Waiting for the host/, cases: { installing: given(started, { check: forgotten }) } },
  {
    id: '4', trigger: 'register', from: ['installing-in-progress', 'added-to-existing-cluster'], to: 'installing-pending-user-action', when: 'it had rebooted', info: /expected to boot from .*sda.* but booted the discovery image/,
    cases: { rebooting: given({ host: rebooting }) },
  },
  { id: '5', trigger: 'register', from: ['installing', 'installing-in-progress'], to: 'error', when: 'it had not rebooted', info: /restarted unexpectedly/, cases: { 'on the way': given(started), 'at the beginning': given() } },
  { id: '6', trigger: 'register', from: ['error'], to: 'same', when: 'always, without an event', cases: { failed: given({ host: rebooting }, { check: ({ events }) => expect(events).toEqual([]) }) } },
  { id: '7', trigger: 'install step failed', from: ['installing', 'installing-in-progress'], to: 'error', when: 'always', info: /installation command failed: exit 1/, cases: { 'with its reason': given() } },
  { id: '8', trigger: 'cancel', from: onDisk, to: 'cancelled', when: 'the cluster is cancelled', info: /cancelled by the user/, events: ['host_install_cancelled'], cases: { installing } },
  { id: '9', trigger: 'cancel', from: stoppable, to: 'known', when: 'the cluster is cancelled', info: /before|ready/, cases: { installing } },
  { id: '10', trigger: 'cancel', from: ['disabled'], to: 'same', when: 'the cluster is cancelled', cases: { installing } },
  { id: '11', trigger: 'reset', from: [...onDisk, 'cancelled', 'added-to-existing-cluster'], to: 'resetting', when: 'the cluster is reset, hosts reset themselves', info: /reset by the user/, events: ['host_reset'], effects: 'logs are cleared', cases: { 'with logs': clearsLogs } },
  { id: '12', trigger: 'reset', from: stoppable, to: 'known', when: 'the cluster is reset, hosts reset themselves', info: /before|ready/, cases: { installing } },
  { id: '13', trigger: 'reset', from: ['disabled'], to: 'same', when: 'the cluster is reset', cases: { installing } },
  {
    id: '14', trigger: 'require reset', from: ['resetting', 'discovering', ...stoppable, ...onDisk, 'cancelled', 'added-to-existing-cluster'], to: 'resetting-pending-user-action', when: 'the cluster is reset, users boot the hosts', info: /boot the host/,
    events: ['host_reset'], cases: { 'with logs': clearsLogs },
  },
  { id: '15', trigger: 'require reset', from: ['disabled'], to: 'same', when: 'the cluster is reset', cases: { installing } },
  {
    id: '16', trigger: 'install', from: ['known'], to: 'installing', when: 'a host that is added to a running cluster', info: /in progress/, cases: { 'day 2': given({ day2: true }) },
    provedBy: [{ file: 'test/workflows/day2.test.ts', title: 'stores the ignitions of hosts before it installs them, and its history replays' }],
  },
  { id: '17', trigger: 'install', from: ['disabled'], to: 'same', when: 'a host that is added to a running cluster', cases: { 'day 2': given({ day2: true }) } },
  {
    id: '18', trigger: 'disable', from: ['disconnected', 'discovering', 'insufficient', 'known', 'pending-for-input'], to: 'disabled', when: 'always', info: /disabled by the user/, events: ['host_disabled'], cases: { usual: given() },
    provedBy: [{ file: 'test/api/host-actions.test.ts', title: 'answers the cluster' }],
  },
  {
    id: '19', trigger: 'enable', from: ['disabled'], to: 'discovering', when: 'always', info: /Waiting for the host/, events: ['host_enabled'], effects: 'inventory, NTP sources, bootstrap and stage are forgotten',
    cases: { usual: given(started, { check: (played) => {
      forgotten(played);
      expect(first(played).facts.inventory).toBeUndefined();
    } }) },
  },
  {
    id: '20', trigger: 'deregister', from: hostStatuses, to: 'gone', when: 'always', events: ['host_deregistered'], cases: { usual: given() },
    provedBy: [
      { file: 'test/api/host-actions.test.ts', title: 'takes it out of every answer until it registers again' },
      { file: 'test/activities/refresh-cluster.test.ts', title: 'keeps the rows of a deregistered host for 72 hours; then they go, and all else stays' },
    ],
  },
];

/** What a trigger is answered in the statuses that no row names. */
export const hostRefusals: Record<HostTrigger, (from: HostStatus, host: Host) => RefusedAs> = {
  register: (from, host) => (from === 'installing-pending-user-action' && host.stage === 'Rebooting' ? 'Forbidden' : 'Invalid'),
  'install step failed': () => 'ignored',
  cancel: () => 'Conflict',
  reset: () => 'Conflict',
  'require reset': () => 'Conflict',
  install: () => 'ignored',
  disable: () => 'Conflict',
  enable: () => 'Conflict',
  deregister: () => 'ignored',
};
