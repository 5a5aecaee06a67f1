import { describe, expect, it } from 'vitest';
import type { ClusterSnapshot } from '../../../src/domain/cluster/model';
import { decideProgress } from '../../../src/domain/host/decide-progress';
import type { Host } from '../../../src/domain/host/model';
import type { HostStage } from '../../../src/domain/host/stage';
import { hostStatuses } from '../../../src/domain/host/status';
import { hostId, toReady } from '../cluster/story';

const base = toReady().snapshot;

function decide(host: Partial<Host>, stage: HostStage, info = '', cluster: Partial<ClusterSnapshot['cluster']> = {}) {
  const hosts = base.hosts.map((candidate): Host => (candidate.id === hostId(1) ? { ...candidate, status: 'installing-in-progress', role: 'master', ...host } : candidate));
  return decideProgress({ ...base, cluster: { ...base.cluster, ...cluster }, hosts }, hostId(1), { stage, info });
}

describe('progress of a host', () => {
  it('tells news from repetition', () => {
    expect(decide({ stage: 'Writing image to disk', stageInfo: '5%' }, 'Writing image to disk', '5%')).toBe('nothing');
    expect(decide({ stage: 'Writing image to disk', stageInfo: '5%' }, 'Writing image to disk', '10%')).toBe('info');
    expect(decide({ stage: 'Writing image to disk' }, 'Rebooting')).toBe('stage');
    expect(decide({ stage: '' }, 'Configuring')).toBe('stage');
  });

  it.each(hostStatuses)('a new stage in status %s', (status) => {
    const allowed = ['installing', 'installing-in-progress', 'installing-pending-user-action'].includes(status);
    const decision = decide({ status, stage: '' }, 'Starting installation');
    if (allowed) expect(decision).toBe('stage');
    else expect(decision).toMatchObject({ type: 'Conflict' });
  });

  it('follows the order of the stages of the role', () => {
    expect(decide({ stage: 'Rebooting' }, 'Installing')).toMatchObject({ type: 'Conflict' });
    expect(decide({ stage: 'Rebooting' }, 'Waiting for ignition')).toMatchObject({ type: 'Conflict' });
    expect(decide({ stage: 'Rebooting', role: 'worker' }, 'Waiting for ignition')).toBe('stage');
    expect(decide({ stage: 'Writing image to disk', bootstrap: true }, 'Waiting for bootkube')).toBe('stage');
    expect(decide({ stage: 'Rebooting' }, 'Failed')).toBe('stage');
  });

  it('lets a single node write its image after bootkube', () => {
    expect(decide({ stage: 'Waiting for bootkube', bootstrap: true }, 'Writing image to disk', '', { highAvailabilityMode: 'None' })).toBe('stage');
    expect(decide({ stage: 'Waiting for bootkube', bootstrap: true }, 'Writing image to disk')).toMatchObject({ type: 'Conflict' });
  });

  it('knows its hosts', () => {
    expect(decideProgress(base, hostId(9), { stage: 'Done', info: '' })).toMatchObject({ type: 'NotFound' });
  });
});
