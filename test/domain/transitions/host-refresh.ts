import { expect } from 'vitest';
import { hostStages } from '../../../src/domain/host/stage';
import type { HostStatus } from '../../../src/domain/host/status';
import { epoch, settings } from '../cluster/story';
import { belowMinimum, hostIn, prepared, unfit, unprepared, type HostGiven } from './host-given';
import type { Case, Row } from './row';

type HostCase = Case<HostStatus>;
const given = (changes: HostGiven = {}, rest: Omit<HostCase, 'given'> = {}): HostCase => ({ given: (from) => hostIn(from, changes), ...rest });
const each = (cases: Record<string, HostGiven>, changes: HostGiven = {}): Record<string, HostCase> => Object.fromEntries(Object.entries(cases).map(([name, one]) => [name, given({ ...one, ...changes })]));

const minute = 60_000;
const { deadlines } = settings;
const preparing = 'preparing-for-installation' as const;
const waiting = ['discovering', 'insufficient', 'known', 'pending-for-input', 'disconnected'] as const;
const withoutInventory: HostGiven = { withoutInventory: true };
const noMachineNetwork: HostGiven = { clusterFields: { machineNetworkCidr: '' } };
const inStage = (stage: (typeof hostStages)[number], changes: HostGiven = {}): HostGiven => ({ ...changes, host: { stage, stageStartedAt: epoch, stageUpdatedAt: epoch } });
const limits = deadlines.stage;
const timed = hostStages.filter((stage) => stage !== 'Done' && stage !== 'Failed');
const pausing = ['Waiting for control plane', 'Waiting for controller', 'Waiting for bootkube', 'Rebooting'] as const;

/** How a host changes its status by itself. */
export const hostRefreshRows: readonly Row<'refresh', HostStatus>[] = [
  {
    id: '1', trigger: 'refresh', from: ['known'], to: preparing, when: 'it has a role, is connected and the cluster prepares', info: /is preparing/,
    cases: { master: given({ cluster: preparing }), worker: given({ cluster: preparing, host: { role: 'worker' } }) },
    provedBy: [{ file: 'test/workflows/installation.test.ts', title: 'goes from registration to installed within the history budget, and every run replays' }],
  },
  { id: '2', trigger: 'refresh', from: [preparing], to: 'preparing-successful', when: 'connected, the disk was measured, all images can be pulled, the cluster prepares', info: /is prepared/, cases: { 'all checks passed': given(prepared) } },
  { id: '3', trigger: 'refresh', from: ['preparing-successful'], to: 'installing', when: 'connected, the cluster installs', info: /in progress/, cases: { usual: given({ cluster: 'installing' }) } },
  { id: '4', trigger: 'refresh', from: [preparing], to: 'insufficient', when: 'connected, the measurement of the disk or the pull of an image failed', info: /cannot be installed: .+/, cases: each(unprepared) },
  {
    id: '5', trigger: 'refresh', from: [preparing], to: 'known', when: 'connected, the cluster does not prepare any more, no check failed', info: /is ready/,
    cases: { ready: given({ cluster: 'ready' }), insufficient: given({ cluster: 'insufficient' }), installing: given({ cluster: 'installing' }) },
  },
  {
    id: '6', trigger: 'refresh', from: ['preparing-successful'], to: 'known', when: 'connected, the cluster neither prepares nor installs, whatever the checks say', info: /is ready/,
    cases: { ready: given({ cluster: 'ready' }), ...each(unprepared, { cluster: 'insufficient' }) },
  },
  { id: '7', trigger: 'refresh', from: [preparing, 'preparing-successful'], to: 'disconnected', when: 'not connected', info: /stopped communicating/, cases: { silent: given({ silent: true }), 'silent and prepared': given({ ...prepared, silent: true }) } },
  {
    id: '8', trigger: 'refresh', from: waiting, to: 'disconnected', when: 'not connected', info: /stopped communicating/,
    cases: { 'silent for 3 minutes': given({ silent: true }), 'never heard of': given({ host: { checkedInAt: null } }), 'silent without inventory': given({ ...withoutInventory, silent: true }) },
    provedBy: [{ file: 'test/activities/sweep.test.ts', title: 'tells of a silent host once it counts, and of its return, each until the workflow has seen it' }],
  },
  {
    id: '9', trigger: 'refresh', from: ['installing', 'installing-in-progress', 'installed', 'resetting-pending-user-action', 'installing-pending-user-action'], to: 'error', when: 'the cluster failed, which it was to be part of', info: /part of a cluster that failed/,
    cases: { 'cluster in error': given({ cluster: 'error' }) },
    provedBy: [{ file: 'test/workflows/timers.test.ts', title: 'a stage that takes too long is an error of the host and of the cluster; its pending timer was kept by later deadlines' }],
  },
  { id: '10', trigger: 'refresh', from: ['installing'], to: 'error', when: 'the installation does not start within 20 minutes', info: /did not start/, cases: { '20 minutes': given({ cluster: 'installing' }, { after: deadlines.hostInstallationStart }) } },
  { id: '11', trigger: 'refresh', from: ['installing'], to: 'error', when: 'not connected', info: /stopped communicating/, cases: { silent: given({ silent: true }), 'silent day-2 host': given({ silent: true, day2: true }) } },
  { id: '12', trigger: 'refresh', from: ['installing-in-progress'], to: 'error', when: 'not connected while it writes its disk', info: /stopped communicating/, cases: { installing: given(inStage('Installing', { silent: true })), writing: given(inStage('Writing image to disk', { silent: true })) } },
  {
    id: '13', trigger: 'refresh', from: ['installing-in-progress'], to: 'same', when: 'it waits for another host while the cluster waits for its user', effects: 'the time of the stage is moved on, a minute or more at once',
    cases: Object.fromEntries(pausing.map((stage) => [stage, given(inStage(stage, { cluster: 'installing-pending-user-action' }), {
      after: 90 * minute, check: ({ snapshot }) => expect(snapshot.hosts[0]?.stageUpdatedAt).toEqual(new Date(epoch.getTime() + 90 * minute)),
    })])),
  },
  {
    id: '14', trigger: 'refresh', from: ['installing-in-progress'], to: 'error', when: 'the stage takes too long', info: /took longer than|no sufficient progress/,
    cases: Object.fromEntries(timed.map((stage) => [stage, given(inStage(stage), { after: limits[stage] ?? limits['default'] ?? 0 })])),
  },
  { id: '15', trigger: 'refresh', from: ['disconnected', 'discovering'], to: 'discovering', when: 'connected, without inventory', info: /Waiting for the host/, cases: { 'without inventory': given(withoutInventory) } },
  { id: '16', trigger: 'refresh', from: waiting, to: 'insufficient', when: 'connected, it has less than the least of hardware', info: /minimum hardware requirements: .+/, cases: each(belowMinimum) },
  { id: '17', trigger: 'refresh', from: waiting, to: 'pending-for-input', when: 'the hardware is good, the machine network is not known', info: /Waiting for user input: .+/, cases: { 'machine-cidr-defined': given(noMachineNetwork) } },
  { id: '18', trigger: 'refresh', from: waiting, to: 'insufficient', when: 'hardware and input are good, a requirement is not met or not decided', info: /cannot be installed/, cases: each(unfit) },
  { id: '19', trigger: 'refresh', from: waiting, to: 'known', when: 'all is good', info: /is ready/, cases: { usual: given(), 'without NTP': given({ facts: () => ({ ntpSources: [] }) }), 'before its role is given': given({ cluster: preparing, host: { role: 'auto-assign' } }) } },
  {
    id: '20', trigger: 'refresh', from: ['error', 'cancelled'], to: 'same', when: 'the logs did not come in time', effects: 'logs are given up',
    cases: Object.fromEntries(([['requested', deadlines.hostLogCollection], ['collecting', deadlines.hostLogPending]] as const).map(([logsInfo, after]) => [logsInfo, given({ cluster: 'error', host: { logsInfo, logsStartedAt: epoch } }, {
      after, check: ({ snapshot }) => expect(snapshot.hosts[0]?.logsInfo).toBe('timeout'),
    })])),
  },
  {
    id: '21', trigger: 'refresh',
    from: ['disabled', 'error', 'cancelled', 'resetting', 'added-to-existing-cluster', 'installed', 'resetting-pending-user-action', 'installing-pending-user-action', 'installing', 'installing-in-progress', preparing, 'preparing-successful'],
    to: 'same', when: 'nothing else applies', cases: { 'nothing happened': given({}, { check: ({ events }) => expect(events).toEqual([]) }) },
  },
];
