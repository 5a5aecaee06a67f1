import { vi } from 'vitest';

/** Asks again until the assertions hold: for 30 s, so that only what never happens fails. Throws the last failure. */
export const eventually = async <T>(assert: () => T | Promise<T>): Promise<T> => vi.waitFor(assert, { timeout: 30_000, interval: 20 });
