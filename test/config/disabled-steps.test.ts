import { describe, expect, it } from 'vitest';
import { disabledSteps } from '../../src/config/disabled-steps';

describe('DISABLED_STEPS', () => {
  it('is a list of steps', () => {
    expect(disabledSteps.parse('ntp-synchronizer, free-network-addresses,')).toEqual(['ntp-synchronizer', 'free-network-addresses']);
    expect(disabledSteps.parse('')).toEqual([]);
  });

  it.each([
    ['install', 'install cannot be left out; only these can: connectivity-check,'],
    ['ntp-synchronizer,inventory', 'inventory cannot be left out'],
    ['ntp', 'ntp cannot be left out'],
  ])('is refused as %s', (text, reason) => {
    expect(disabledSteps.safeParse(text).error?.issues[0]?.message).toContain(reason);
  });
});
