import { describe, expect, it } from 'vitest';
import { defaultDeadlines } from '../../../src/domain/deadlines/default-deadlines';
import { formatDuration } from '../../../src/domain/deadlines/format-duration';
import { listDeadlines } from '../../../src/domain/deadlines/next-deadline';
import type { ClusterSnapshot } from '../../../src/domain/cluster/model';
import type { HostStage } from '../../../src/domain/host/stage';
import { stagesOf } from '../../../src/domain/host/stages';
import { epoch, hostId, settings, Story, toFinalizing, toInstalling, toReady } from '../cluster/story';

const minute = 60_000;
const day = 1440 * minute;
const after = (story: Story, milliseconds: number): Date => new Date(story.now.getTime() + milliseconds);

describe('the next deadline', () => {
  it('of a preparation, a start, a stage', () => {
    const story = toReady().do({ operation: 'install' });
    expect(story.evaluation.deadline).toEqual({ name: 'preparation time-out', at: after(story, 10 * minute) });
    story.prepareHosts().outcome({ kind: 'prepared', openshiftClusterId: 'id' });
    expect(story.evaluation.deadline).toMatchObject({ name: 'host start time-out', at: after(story, 20 * minute) });
    story.progress(1, 'Starting installation').progress(2, 'Starting installation').progress(3, 'Starting installation', 'Installing', 'Writing image to disk');
    expect(story.evaluation.deadline).toMatchObject({ name: 'stage time-out', at: after(story, 30 * minute), hostId: hostId(1) });
  });

  it('does not depend on heartbeats', () => {
    const story = toReady();
    const { deadline } = story.evaluation;
    expect(story.pass(30_000).evaluation.deadline).toEqual(deadline);
    expect(deadline?.name).toBe('inactivity warning');
  });

  it('of a stage stands still while the user has to reboot a host', () => {
    const story = toInstalling().progress(1, 'Starting installation', 'Installing', 'Writing image to disk', 'Rebooting')
      .progress(2, 'Starting installation', 'Installing', 'Writing image to disk', 'Rebooting').progress(3, 'Starting installation', 'Waiting for bootkube');
    story.register(1);
    expect(story.status).toBe('installing-pending-user-action');
    expect(story.evaluation.deadline?.name).toBe('inactivity warning');
    story.pass(5 * 60 * minute);
    expect(story.status).toBe('installing-pending-user-action');
    story.progress(1, 'Configuring');
    expect(story.evaluation.deadline).toMatchObject({ name: 'stage time-out', at: after(story, 60 * minute) });
  });

  it('of the logs after a failure', () => {
    const story = toFinalizing().fact({ kind: 'completionReported', isSuccess: false, errorInfo: '' });
    expect(story.evaluation.deadline).toEqual({ name: 'log collection', at: after(story, 10 * minute) });
    expect(story.pass(10 * minute).snapshot.cluster.logsInfo).toBe('timeout');
    story.edit((host) => ({ ...host, logsInfo: 'requested', logsStartedAt: story.now }));
    story.evaluate();
    expect(story.evaluation.deadline).toMatchObject({ name: 'log collection', hostId: hostId(1), at: after(story, 10 * minute) });
    story.pass(10 * minute);
    expect(story.host(1).logsInfo).toBe('timeout');
  });

  it('of logs counts from the last word of them', () => {
    const story = toFinalizing().fact({ kind: 'controllerLogsProgress', state: 'collecting', uploaded: true }).pass(50 * minute);
    story.fact({ kind: 'completionReported', isSuccess: false, errorInfo: '' }).fact({ kind: 'controllerLogsProgress', state: 'requested', uploaded: false });
    expect(story.evaluation.deadline).toEqual({ name: 'log collection', at: after(story, 60 * minute) });
    story.fact({ kind: 'hostLogsProgress', hostId: hostId(1), state: 'collecting', uploaded: true }).pass(minute);
    story.fact({ kind: 'hostLogsProgress', hostId: hostId(1), state: 'requested', uploaded: false });
    expect(story.evaluation.deadline).toEqual({ name: 'log collection', at: after(story, 10 * minute), hostId: hostId(1) });
  });
});

describe('inactivity', () => {
  it('is announced twice, then is a duty', () => {
    const story = new Story();
    const warnings = () => story.events.filter((event) => event.name === 'cluster_inactivity_warning').map((event) => event.message);
    expect(story.evaluation.deadline).toEqual({ name: 'inactivity warning', at: after(story, 14 * day) });
    story.pass(14 * day);
    expect(warnings()).toHaveLength(1);
    expect(story.pass(1).pass(1).events.filter((event) => event.name === 'cluster_inactivity_warning')).toHaveLength(1);
    expect(story.evaluation.deadline).toEqual({ name: 'inactivity warning', at: new Date(epoch.getTime() + 20 * day) });
    story.pass(6 * day);
    expect(warnings().map((message) => /in (.*)$/.exec(message)?.[1])).toEqual(['7 days', '1 day']);
    story.pass(day);
    expect(story.evaluation.duties).toEqual(['deregisterInactive']);
    expect(story.evaluation.deadline).toBeNull();
  });

  it('counts from the last action of the user or fact', () => {
    const story = new Story().pass(20 * day).do({ operation: 'updateCluster', name: 'again' });
    expect(story.evaluation.deadline).toEqual({ name: 'inactivity warning', at: after(story, 14 * day) });
  });

  it('is put off by a day while hosts still poll, with a warning each time', () => {
    const story = toReady().pass(defaultDeadlines.inactivity);
    expect(story.evaluation.duties).toEqual([]);
    expect(story.evaluation.deadline).toEqual({ name: '3-week inactivity', at: after(story, day) });
    expect(story.events.filter((event) => event.name === 'cluster_inactivity_postponed')).toHaveLength(1);
    story.pass(day);
    expect(story.events.filter((event) => event.name === 'cluster_inactivity_postponed')).toHaveLength(2);
    story.pass(day, { silent: true });
    expect(story.evaluation.duties).toEqual(['deregisterInactive']);
  });

  it('never ends a running installation', () => {
    const story = toInstalling();
    const stuck: ClusterSnapshot = { ...story.snapshot, cluster: { ...story.snapshot.cluster, activeAt: new Date(epoch.getTime() - 30 * day) }, hosts: story.snapshot.hosts.map((host) => ({ ...host, checkedInAt: null, status: 'installed' })) };
    story.snapshot = { ...stuck, hosts: stuck.hosts.map((host, index) => (index === 0 ? { ...host, status: 'installing-in-progress', stage: 'Rebooting', stageUpdatedAt: story.now } : host)) };
    expect(story.evaluate().duties).toEqual([]);
  });
});

describe('DHCP leases', () => {
  it('are missed once, two minutes after the machine network is known', () => {
    const story = new Story({ vipDhcpAllocation: true }).discover();
    expect(story.evaluation.deadline).toEqual({ name: 'DHCP lease warning', at: after(story, 2 * minute) });
    story.pass(2 * minute).pass(minute);
    expect(story.events.filter((event) => event.name === 'dhcp_lease_timeout')).toHaveLength(1);
  });
});

describe('the table of deadlines', () => {
  it('is complete and sane', () => {
    expect(listDeadlines(toReady().snapshot, settings).map((deadline) => deadline.name)).toEqual(['inactivity warning', 'inactivity warning', '3-week inactivity']);
    expect(defaultDeadlines.inactivity).toBe(504 * 60 * minute);
    for (const warning of defaultDeadlines.inactivityWarnings) expect(warning).toBeLessThan(defaultDeadlines.inactivity);
    expect(Object.values(defaultDeadlines.stage).every((limit) => limit > defaultDeadlines.agentSilence)).toBe(true);
  });

  it('gives nothing less time than what it waits for', () => {
    const { stage } = defaultDeadlines;
    const limit = (name: HostStage): number => stage[name] ?? stage['default'] ?? 0;
    const chains = (['master', 'worker'] as const).flatMap((role) => [true, false].map((bootstrap) => stagesOf({ role, bootstrap, kind: 'Host' }).reduce((sum, name) => sum + limit(name), 0)));
    expect(defaultDeadlines.hostInstallationStart + Math.max(...chains)).toBeLessThan(Math.min(defaultDeadlines.inactivity - Math.max(...defaultDeadlines.inactivityWarnings), defaultDeadlines.permanentDeletion));
    expect(settings.agent.diskCheckTimeoutSeconds * 1000).toBeLessThan(defaultDeadlines.prepareForInstallation);
    expect(defaultDeadlines.hostLogPending).toBeLessThanOrEqual(defaultDeadlines.logPending);
    expect(defaultDeadlines.hostLogCollection).toBeLessThanOrEqual(defaultDeadlines.logCollection);
    expect(defaultDeadlines.agentSilence).toBeLessThan(defaultDeadlines.hostInstallationStart);
    expect(defaultDeadlines.inactivityPostponed).toBeLessThan(defaultDeadlines.inactivity);
  });

  it('writes durations as the field does', () => {
    expect([3_600_000, 1_800_000, 4_200_000, 9_000, 86_400_000].map(formatDuration)).toEqual(['1h0m0s', '30m0s', '1h10m0s', '9s', '24h0m0s']);
  });
});
