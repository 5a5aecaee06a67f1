import { expect, it } from 'vitest';
import { createPatientFetch } from '../../../src/cli/fleet/patient-fetch';

const notNow = (status: number, seconds: string): Response => new Response('later', { status, headers: { 'retry-after': seconds } });

function scripted(answers: (Response | Error)[]) {
  const keys: (string | null)[] = [];
  const doFetch: typeof fetch = (_input, init) => {
    keys.push(new Headers(init?.headers).get('idempotency-key'));
    const next = answers.shift() ?? new Response('done');
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  };
  return { keys, patient: createPatientFetch(doFetch) };
}

it('what the service cannot do now is sent again, under the same key', async () => {
  const { keys, patient } = scripted([notNow(503, '0.01'), notNow(429, '0.01')]);
  expect(await (await patient('http://service.example/', { method: 'POST' })).text()).toBe('done');
  expect(keys).toHaveLength(3);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(new Set(keys).size).toBe(1);
  await patient('http://service.example/', { method: 'POST' });
  expect(new Set(keys).size).toBe(2);
});

it('what had no answer is sent again under the same key, but not for ever', async () => {
  const { keys, patient } = scripted([new TypeError('fetch failed')]);
  expect(await (await patient('http://service.example/', { method: 'POST' })).text()).toBe('done');
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
  const dead = scripted(Array.from({ length: 9 }, () => new TypeError('fetch failed')));
  await expect(dead.patient('http://service.example/')).rejects.toThrow('fetch failed');
  expect(dead.keys).toHaveLength(5);
}, 30_000);

it('other answers come as they are, and reads have no key', async () => {
  const { keys, patient } = scripted([new Response('no', { status: 409 })]);
  expect((await patient('http://service.example/')).status).toBe(409);
  expect(keys).toEqual([null]);
});

it('an abort ends the waiting', async () => {
  const { patient } = scripted([notNow(503, '30')]);
  const off = new AbortController();
  const answer = patient('http://service.example/', { signal: off.signal });
  off.abort(new Error('enough'));
  await expect(answer).rejects.toThrow('enough');
});
