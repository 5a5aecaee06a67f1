import { describe, expect, it } from 'vitest';
import { settings, hostId, makeConnectivity, makeInventory, Story, toFinalizing, toInstalling, toReady } from './story';

const install = { operation: 'install' } as const;

describe('install', () => {
  it('is Invalid while hosts are not known, and names them', () => {
    const story = new Story().discover().setVips();
    story.setFacts(2, { inventory: { ...makeInventory(2, story.now), hostname: 'localhost' } });
    const refusal = story.try(install);
    expect(refusal).toMatchObject({ type: 'Invalid', reason: expect.stringContaining('localhost (insufficient') });
    expect(refusal?.reason).not.toContain('server-1');
    expect(toInstalling().try(install)).toMatchObject({ type: 'Invalid' });
  });

  it('is a Conflict, with the reason, when only the cluster is not ready', () => {
    expect(new Story().try(install)).toMatchObject({ type: 'Conflict', reason: expect.stringContaining('User input is required') });
  });

  it('gives the roles in the order of the hosts: masters while some are missing', () => {
    const story = new Story().discover(5).setVips();
    story.setFacts(1, { inventory: { ...makeInventory(1, story.now), cpu: { count: 2 } } });
    story.do(install);
    expect(story.snapshot.hosts.map((host) => host.role)).toEqual(['worker', 'master', 'master', 'master', 'worker']);
    expect(story.host(4).bootstrap).toBe(true);
    expect(story.snapshot.cluster.installStartedAt).toEqual(story.now);
  });

  it('keeps a bootstrap host that was chosen before', () => {
    const story = toReady();
    story.edit((host) => ({ ...host, bootstrap: host.id === hostId(1) }));
    story.do(install);
    expect(story.snapshot.hosts.map((host) => host.bootstrap)).toEqual([true, false, false]);
  });

  it('chooses another bootstrap host when the one chosen before was disabled or is a master no longer', () => {
    const disabled = toReady().do(install).outcome({ kind: 'preparationFailed', reason: 'x' });
    expect(disabled.host(3).bootstrap).toBe(true);
    disabled.do({ operation: 'disableHost', hostId: hostId(3) });
    disabled.register(4);
    disabled.setFacts(4, { inventory: makeInventory(4, disabled.now), connectivity: makeConnectivity(4, 4) });
    for (const index of [1, 2]) disabled.setFacts(index, { connectivity: makeConnectivity(index, 4) });
    expect(disabled.do(install).snapshot.hosts.map((host) => host.bootstrap)).toEqual([false, false, true, true]);
    expect(disabled.evaluation.duties).toContain('prepare');

    const reassigned = toReady().do(install).outcome({ kind: 'preparationFailed', reason: 'x' }).do({ operation: 'updateCluster', hostsRoles: [{ id: hostId(3), role: 'worker' }] });
    expect(reassigned.host(3)).toMatchObject({ role: 'worker', bootstrap: false });
  });

  it('tells by what a host is installed once it is', () => {
    const story = toReady();
    expect(story.host(1).installerVersion).toBe('');
    expect(story.install().snapshot.hosts.map((host) => host.installerVersion)).toEqual(Array(3).fill(settings.agent.installerImage));
  });

  it('refuses when the roles it gave are more than the hosts can take', () => {
    const story = toReady();
    for (const index of [1, 2, 3]) story.setFacts(index, { inventory: { ...makeInventory(index, story.now), cpu: { count: 2 } } });
    expect(story.try(install)).toMatchObject({ type: 'Conflict' });
    expect(story.snapshot.hosts.map((host) => host.role)).toEqual(Array(3).fill('auto-assign'));
  });

  it('goes back to ready when the files fail, and can be repeated', () => {
    const story = toReady().do(install).outcome({ kind: 'preparationFailed', reason: 'manifest x is wrong' });
    expect(story.status).toBe('ready');
    expect(story.hostStatuses()).toEqual(Array(3).fill('known'));
    expect(story.events.find((event) => event.name === 'prepare_failed')?.message).toContain('manifest x is wrong');
    story.install();
    expect(story.status).toBe('installing');
  });

  it('goes back to ready when the preparation takes too long', () => {
    const story = toReady().do(install).pass(settings.deadlines.prepareForInstallation);
    expect(story.status).toBe('ready');
    expect(story.events.some((event) => event.name === 'preparing_timed_out')).toBe(true);
    expect(story.outcome({ kind: 'prepared', openshiftClusterId: 'late' }).snapshot.cluster.openshiftClusterId).toBe('');
  });

  it('stops preparing when a host restarts', () => {
    const story = toReady().do(install);
    story.register(1);
    expect(story.host(1)).toMatchObject({ status: 'discovering', stage: '', bootstrap: false });
    expect(story.status).toBe('insufficient');
  });
});

describe('cancel', () => {
  it('ends an installation with all hosts', () => {
    const story = toInstalling().do({ operation: 'cancel' });
    expect(story.status).toBe('cancelled');
    expect(story.hostStatuses()).toEqual(Array(3).fill('cancelled'));
    expect(story.events.filter((event) => event.name === 'host_install_cancelled')).toHaveLength(3);
    expect(story.try({ operation: 'cancel' })).toMatchObject({ type: 'Conflict' });
  });

  it('ends a preparation', () => {
    const story = toReady().do(install).do({ operation: 'cancel' });
    expect(story.status).toBe('ready');
    expect(story.hostStatuses()).toEqual(Array(3).fill('known'));
  });

  it('is a Conflict where there is nothing to cancel or a host cannot follow', () => {
    expect(toReady().try({ operation: 'cancel' })).toMatchObject({ type: 'Conflict' });
    const story = toReady().do(install);
    story.edit((host) => (host.id === hostId(1) ? { ...host, status: 'disconnected' } : host));
    expect(story.try({ operation: 'cancel' })).toMatchObject({ type: 'Conflict', reason: expect.stringContaining('server-1') });
  });
});

describe('reset', () => {
  it('asks the user to boot the hosts again, then the cluster can be installed anew', () => {
    const story = toFinalizing().fact({ kind: 'kubeconfigUploaded' }).fact({ kind: 'operatorReported', name: 'console', status: 'progressing', statusInfo: '' });
    story.do({ operation: 'reset' });
    expect(story.status).toBe('insufficient');
    expect(story.hostStatuses()).toEqual(Array(3).fill('resetting-pending-user-action'));
    expect(story.snapshot.cluster).toMatchObject({ openshiftClusterId: '', kubeconfigUploaded: false, preparationResult: null });
    expect(story.snapshot.operators.map((operator) => operator.status)).toEqual([null]);
    for (const index of [1, 2, 3]) {
      expect(story.register(index)).toBeUndefined();
      story.setFacts(index, { inventory: makeInventory(index, story.now), ntpSources: [] });
    }
    expect(story.status).toBe('ready');
    expect(story.install().status).toBe('installing');
  });

  it('lets hosts reset themselves where configured, and falls back to the user for all when one cannot', () => {
    const story = new Story({}, { ...settings, autoReset: true }).discover().setVips().install().do({ operation: 'reset' });
    expect(story.hostStatuses()).toEqual(Array(3).fill('resetting'));
    expect(story.evaluation.deadline?.name).toBe('reset time-out');
    story.register(1);
    expect(story.hostStatuses()).toEqual(['discovering', 'resetting', 'resetting']);
    story.pass(180_000);
    expect(story.hostStatuses()).toEqual(Array(3).fill('resetting-pending-user-action'));
    expect(story.events.filter((event) => event.name === 'host_reset_needs_user')).toHaveLength(3);
  });

  it('knows at once that a host already runs from its disk', () => {
    const story = new Story({}, { ...settings, autoReset: true }).discover().setVips().install();
    story.progress(2, 'Starting installation', 'Installing', 'Writing image to disk', 'Rebooting').do({ operation: 'reset' });
    expect(story.hostStatuses()).toEqual(Array(3).fill('resetting-pending-user-action'));
  });

  it('is a Conflict where nothing was begun', () => {
    expect(toReady().try({ operation: 'reset' })).toMatchObject({ type: 'Conflict' });
  });
});

describe('deregister', () => {
  it('is a Conflict while installing only', () => {
    expect(toInstalling().try({ operation: 'deregister' })).toMatchObject({ type: 'Conflict' });
    const story = toFinalizing().do({ operation: 'deregister' });
    expect(story.events.at(-1)?.name).toBe('cluster_deregistered');
  });

  it('tells when it was for inactivity', () => {
    const story = toReady().pass(settings.deadlines.inactivity, { silent: true });
    expect(story.evaluation.duties).toEqual(['deregisterInactive']);
    story.do({ operation: 'deregister' });
    expect(story.events.slice(-2).map((event) => event.name)).toEqual(['cluster_inactive_deregistered', 'cluster_deregistered']);
  });
});

describe('failures on the way', () => {
  it('a host that fails takes the cluster with it, and the cluster its hosts', () => {
    const story = toInstalling().progress(1, 'Starting installation').fact({ kind: 'hostProgress', hostId: hostId(1), stage: 'Failed', info: 'no space' });
    expect(story.host(1)).toMatchObject({ stage: 'Starting installation', statusInfo: 'Failed - no space' });
    expect(story.status).toBe('error');
    expect(story.hostStatuses()).toEqual(['error', 'error', 'error']);
    expect(story.snapshot.cluster.installCompletedAt).toEqual(story.now);
  });

  it('a failed installation command and an unexpected restart are errors', () => {
    expect(toInstalling().fact({ kind: 'hostInstallFailed', hostId: hostId(2), reason: 'exit 1' }).host(2)).toMatchObject({ status: 'error', statusInfo: expect.stringContaining('exit 1') });
    const story = toInstalling().progress(1, 'Starting installation', 'Installing');
    story.register(1);
    expect(story.host(1).status).toBe('error');
  });

  it('the controller can end the installation while finalizing only', () => {
    const story = toFinalizing().fact({ kind: 'completionReported', isSuccess: false, errorInfo: 'console timed out' });
    expect(story.snapshot.cluster).toMatchObject({ status: 'error', statusInfo: 'console timed out' });
    expect(story.events.find((event) => event.name === 'install_failed')?.severity).toBe('critical');
    expect(toInstalling().fact({ kind: 'completionReported', isSuccess: false, errorInfo: '' }).status).toBe('installing');
    expect(toFinalizing().fact({ kind: 'completionReported', isSuccess: true, errorInfo: '' }).status).toBe('finalizing');
  });
});
