import { z } from 'zod';

const unitMs: Record<string, number> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** Reads a duration like `4h`, `1h30m`, `90s` or `250ms`; undefined when it is none. In milliseconds. */
export function parseDuration(text: string): number | undefined {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h))+$/.test(text)) return undefined;
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)) total += Number(amount) * (unitMs[unit ?? ''] ?? 0);
  return total;
}

/** A setting that holds a duration; the value is in milliseconds. */
export const duration = z.string().transform((text, context) => {
  const ms = parseDuration(text);
  if (ms !== undefined) return ms;
  context.addIssue({ code: 'custom', message: 'must be a duration like 4h, 90s or 250ms' });
  return z.NEVER;
});
