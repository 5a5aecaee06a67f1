import { z } from 'zod';
import type { RateLimitCounts } from '../api/middleware/rate-limits';

/** A host polls once a minute and reports every few seconds while it is installed; a machine that boots an image over the network reads it in small pieces. */
export const defaultRateLimits: RateLimitCounts = { user: 6_000, host: 1_200, cluster: 12_000, signed: 60_000, refused: 600 };
const none: RateLimitCounts = { user: 0, host: 0, cluster: 0, signed: 0, refused: 0 };

const isClass = (name: string): name is keyof RateLimitCounts => Object.hasOwn(defaultRateLimits, name);

/** RATE_LIMITS: `off`, or a comma list of `class=requests a minute` over the defaults. */
export const rateLimits = z.string().transform((text, context): RateLimitCounts => {
  if (text.trim() === 'off') return none;
  const limits = { ...defaultRateLimits };
  for (const entry of text.split(',').map((part) => part.trim()).filter((part) => part !== '')) {
    const [, name = '', count = ''] = /^(\w+)=(\d{1,9})$/.exec(entry) ?? [];
    if (!isClass(name)) {
      context.addIssue({ code: 'custom', message: `"${entry}" must be off or ${Object.keys(defaultRateLimits).join(', ')} with =requests a minute` });
      return z.NEVER;
    }
    limits[name] = Number(count);
  }
  return limits;
});
