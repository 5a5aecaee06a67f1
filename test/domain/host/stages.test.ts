import { describe, expect, it } from 'vitest';
import { installationPercentage, stagesOf } from '../../../src/domain/host/stages';

describe('stages', () => {
  it('depend on the role', () => {
    expect(stagesOf({ role: 'auto-assign', bootstrap: false, kind: 'Host' })).toEqual([]);
    expect(stagesOf({ role: 'master', bootstrap: false, kind: 'Host' })).toHaveLength(7);
    expect(stagesOf({ role: 'worker', bootstrap: false, kind: 'Host' })).toContain('Waiting for ignition');
    expect(stagesOf({ role: 'master', bootstrap: true, kind: 'Host' })).toContain('Waiting for controller');
    expect(stagesOf({ role: 'worker', bootstrap: false, kind: 'AddToExistingClusterHost' }).at(-1)).toBe('Rebooting');
  });

  it('give the share of the installation that is done', () => {
    const worker = { role: 'worker', bootstrap: false, kind: 'Host' } as const;
    expect(installationPercentage({ ...worker, stage: '' }, false)).toBe(0);
    expect(installationPercentage({ ...worker, stage: 'Rebooting' }, false)).toBe(50);
    expect(installationPercentage({ ...worker, stage: 'Done' }, false)).toBe(100);
    expect(installationPercentage({ ...worker, role: 'auto-assign', stage: '' }, false)).toBe(0);
  });

  it('only grow on a single node, which writes its image after bootkube', () => {
    const stages = ['Starting installation', 'Installing', 'Waiting for bootkube', 'Writing image to disk', 'Rebooting', 'Configuring', 'Joined', 'Done'] as const;
    const shares = stages.map((stage) => installationPercentage({ role: 'master', bootstrap: true, kind: 'Host', stage }, true));
    expect(shares).toEqual([12, 25, 37, 50, 62, 75, 87, 100]);
  });
});
