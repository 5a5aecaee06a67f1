import { describe, expect, it } from 'vitest';
import { defaultRateLimits, rateLimits } from '../../src/config/rate-limits';

describe('RATE_LIMITS', () => {
  it('changes the classes it names', () => {
    expect(rateLimits.parse('user=100, host=0')).toEqual({ ...defaultRateLimits, user: 100, host: 0 });
    expect(rateLimits.parse('')).toEqual(defaultRateLimits);
  });

  it('is off as a whole', () => {
    expect(new Set(Object.values(rateLimits.parse('off')))).toEqual(new Set([0]));
  });

  it.each(['users=1', 'user', 'user=-1', 'user=1;host=2', 'constructor=1'])('refuses %s, and tells what is allowed', (text) => {
    const parsed = rateLimits.safeParse(text);
    expect(parsed.success).toBe(false);
    expect(parsed.error?.issues[0]?.message).toContain('user, host, cluster, signed, refused');
  });
});
