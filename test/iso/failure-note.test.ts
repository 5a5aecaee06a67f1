import { afterAll, beforeAll, expect, it } from 'vitest';
import { findFailure, noting } from '../../src/iso/failure-note';
import type { Store } from '../../src/store/store';
import { createTestStore } from '../store/create-test-store';

let store: Store;
beforeAll(async () => {
  ({ store } = await createTestStore());
});
afterAll(() => store.close());

/** An attempt that goes on until it is told how it ends. */
async function begin(version: string, { signal } = new AbortController()): Promise<{ fail(reason: string): Promise<void>; succeed(): Promise<void> }> {
  let end = { fail: (_error: Error): void => undefined, succeed: (): void => undefined };
  let begun = (): void => undefined;
  const isBegun = new Promise<void>((resolve) => { begun = resolve; });
  const attempt = noting(store, version, 'live', signal, () => new Promise<void>((resolve, reject) => {
    end = { fail: reject, succeed: resolve };
    begun();
  }));
  attempt.catch(() => undefined);
  await isBegun;
  return {
    async fail(reason) {
      end.fail(new Error(reason));
      await expect(attempt).rejects.toThrow(reason);
    },
    async succeed() {
      end.succeed();
      await attempt;
    },
  };
}
const failure = (version: string) => findFailure(store, version, 'live');

it('tells why the last attempt failed, until the next one begins', async () => {
  await (await begin('again')).fail('the server answered 404');
  expect(await failure('again')).toBe('the server answered 404');
  const second = await begin('again');
  expect(await failure('again')).toBeUndefined();
  await second.fail('the server answered 503');
  expect(await failure('again')).toBe('the server answered 503');
  await (await begin('again')).succeed();
  expect(await failure('again')).toBeUndefined();
});

it('says nothing of an attempt that was ended', async () => {
  const ended = new AbortController();
  const attempt = await begin('ended', ended);
  ended.abort(new Error('the worker stops'));
  await attempt.fail('the worker stops');
  expect(await failure('ended')).toBeUndefined();
});

it('is that of the latest attempt, also when a former one, which was thought dead, ends after it began', async () => {
  const [former, latest] = [await begin('two'), await begin('two')];
  await former.fail('cut off');
  expect(await failure('two')).toBeUndefined();
  await latest.fail('the server answered 403');
  expect(await failure('two')).toBe('the server answered 403');

  const [slow, quick] = [await begin('two'), await begin('two')];
  await quick.succeed();
  await slow.fail('cut off');
  expect(await failure('two')).toBeUndefined();
});

it('is read anew when an attempt begins or ends while it is read', async () => {
  const attempt = await begin('meanwhile');
  let isFirst = true;
  const readRange: Store['readRange'] = async (...args) => {
    if (isFirst) {
      isFirst = false;
      await attempt.fail('the server answered 404');
    }
    return store.readRange(...args);
  };
  expect(await findFailure({ ...store, readRange }, 'meanwhile', 'live')).toBe('the server answered 404');
});
