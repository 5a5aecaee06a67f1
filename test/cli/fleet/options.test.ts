import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../../src/cli/fleet/options';
import { parseProfiles, silentStages } from '../../../src/cli/fleet/profile-choice';
import { fleetProfiles } from '../../../src/sim/fleet-profiles';

describe('the options of the fleet', () => {
  it('have defaults, and take profiles in turn', () => {
    expect(parseOptions([])).toEqual({
      clusters: 3, hosts: 3, profiles: [{ label: 'standard', profile: fleetProfiles.standard }], parallel: 3, version: '4.8', timeoutMs: 600_000, untilTimedOut: false, dataDir: '.data',
    });
    const some = parseOptions(['--clusters', '50', '--parallel', '10', '--profile', 'flaky,sno', '--timeout', '2', '--junit', 'fleet.xml', '--until-timed-out']);
    expect(some).toMatchObject({ clusters: 50, parallel: 10, profiles: [{ label: 'flaky' }, { label: 'sno' }], timeoutMs: 120_000, junit: 'fleet.xml', untilTimedOut: true });
    expect(parseOptions(['-h'])).toBe('help');
  });

  it('name the stage from which on a machine is silent', () => {
    expect(parseProfiles('silent, silent:waiting for bootkube', 3)).toEqual([
      { label: 'silent', profile: fleetProfiles.silent, silentFrom: 'Writing image to disk' },
      { label: 'silent:Waiting for bootkube', profile: fleetProfiles.silent, silentFrom: 'Waiting for bootkube' },
    ]);
    expect(silentStages.map((stage) => parseProfiles(`silent:${stage}`, 5)[0]?.silentFrom)).toEqual(silentStages);
  });

  it.each([
    [['--clusters', '0'], '--clusters 0'],
    [['--hosts', '4'], '--hosts 4'],
    [['--profile', 'standard,none'], '--profile none'],
    [['--url', 'http://service.example'], '--url needs'],
    [['--nothing'], '--nothing'],
    [['--profile', 'silent:Sleeping'], 'expected Starting installation, Waiting for control plane,'],
    [['--profile', 'silent:Failed'], '"Failed" is no stage'],
    [['--profile', 'sno:Installing'], 'only silent takes a stage'],
    [['--profile', 'silent:Waiting for ignition'], 'add --hosts 5'],
  ])('%j are refused', (args, message) => {
    expect(() => parseOptions(args)).toThrow(message);
  });
});
