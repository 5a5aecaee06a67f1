import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { timeLimit } from '../../src/signals/time-limit';

const program = `
import { timeLimit } from ${JSON.stringify(new URL('../../src/signals/time-limit.ts', import.meta.url).pathname)};
const outer = new AbortController();
const reasons = [];
const kept = Array.from({ length: 50 }, () => {
  const signal = timeLimit(300, outer.signal);
  signal.addEventListener('abort', () => reasons.push(signal.reason.name));
  return signal;
});
const collecting = setInterval(() => globalThis.gc(), 10);
const given = setTimeout(() => end(), 5000);
const looking = setInterval(() => reasons.length === kept.length && end(), 20);
function end() {
  for (const timer of [collecting, looking]) clearInterval(timer);
  clearTimeout(given);
  console.log(JSON.stringify([reasons.length, [...new Set(reasons)]]));
}`;

describe('timeLimit', () => {
  it('comes however often garbage is collected meanwhile', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', '--import', 'tsx', '--input-type=module', '--eval', program]);
    expect(JSON.parse(stdout)).toEqual([50, ['TimeoutError']]);
  });

  it('ends with the other signal, for its reason', () => {
    const outer = new AbortController();
    const signal = timeLimit(60_000, outer.signal);
    outer.abort(new Error('given up'));
    expect(signal.reason).toEqual(new Error('given up'));
  });
});
