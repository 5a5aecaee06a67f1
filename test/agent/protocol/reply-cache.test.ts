import { expect, it } from 'vitest';
import { ReplyCache } from '../../../src/agent/protocol/reply-cache';
import type { StepReply } from '../../../src/agent/protocol/step';

const hour = 3_600_000;
const reply = (output: string, over: Partial<StepReply> = {}): StepReply => ({ step_type: 'ntp-synchronizer', step_id: 'ntp-synchronizer-1', exit_code: 0, output, error: '', ...over });

function createCache() {
  const clock = { now: 0 };
  return { clock, cache: new ReplyCache(hour, () => clock.now) };
}

it('knows an output it has posted, for an hour', () => {
  const { cache, clock } = createCache();
  expect(cache.isKnown(reply('a'))).toBe(false);
  cache.remember(reply('a'));
  expect(cache.isKnown(reply('a', { step_id: 'ntp-synchronizer-2' }))).toBe(true);
  clock.now = hour - 1;
  expect(cache.isKnown(reply('a'))).toBe(true);
  clock.now = hour;
  expect(cache.isKnown(reply('a'))).toBe(false);
});

it('tells step types and outputs apart, and only the last output counts', () => {
  const { cache } = createCache();
  cache.remember(reply('a'));
  expect(cache.isKnown(reply('a', { step_type: 'inventory' }))).toBe(false);
  cache.remember(reply('b'));
  expect(cache.isKnown(reply('a'))).toBe(false);
});

it('posts failures each time', () => {
  const { cache } = createCache();
  cache.remember(reply('a', { exit_code: 1 }));
  expect(cache.isKnown(reply('a', { exit_code: 1 }))).toBe(false);
});

it('forgets when it is flushed', () => {
  const { cache } = createCache();
  cache.remember(reply('a'));
  cache.flush();
  expect(cache.isKnown(reply('a'))).toBe(false);
});
