import { describe, expect, it } from 'vitest';
import { parseOptions } from '../../../src/cli/fleet/options';

describe('the options of the fleet', () => {
  it('have defaults, and take profiles in turn', () => {
    expect(parseOptions([])).toEqual({ clusters: 3, hosts: 3, profiles: ['standard'], parallel: 3, version: '4.8', timeoutMs: 600_000, dataDir: '.data' });
    expect(parseOptions(['--clusters', '50', '--parallel', '10', '--profile', 'flaky,sno', '--timeout', '2'])).toMatchObject({ clusters: 50, parallel: 10, profiles: ['flaky', 'sno'], timeoutMs: 120_000 });
    expect(parseOptions(['-h'])).toBe('help');
  });

  it.each([
    [['--clusters', '0'], '--clusters 0'],
    [['--hosts', '4'], '--hosts 4'],
    [['--profile', 'standard,none'], '--profile none'],
    [['--url', 'http://service.example'], '--url needs'],
    [['--nothing'], '--nothing'],
  ])('%j are refused', (args, message) => {
    expect(() => parseOptions(args)).toThrow(message);
  });
});
