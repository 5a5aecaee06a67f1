import { beforeEach, describe, expect, it } from 'vitest';
import { createAgentAuthenticator } from '../../src/auth/agent';
import type { AgentAuthenticator } from '../../src/auth/agent';

class PortError extends Error {
  constructor(readonly status: number | null) {
    super('port');
  }
}

const minute = 60_000;
const account = { username: 'ann', orgId: '11' };
const actor = { kind: 'agent', userName: 'ann', orgId: '11', role: 'user' };
const unauthenticated = expect.objectContaining({ name: 'AuthError', kind: 'unauthenticated' });
const unavailable = expect.objectContaining({ name: 'AuthError', kind: 'unavailable' });

let clock: number;
let asked: string[];
let answer: () => Promise<typeof account>;
let agents: AgentAuthenticator;

const fail = (status: number | null) => () => Promise.reject(new PortError(status));
const settled = () => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  clock = 1_000_000;
  asked = [];
  answer = () => Promise.resolve(account);
  agents = createAgentAuthenticator({
    authorizeToken: (token) => {
      asked.push(token);
      return answer();
    },
    now: () => clock,
  });
});

describe('agents', () => {
  it('are asked for once, however many call', async () => {
    expect(agents.lookup('t')).toBeUndefined();
    const actors = await Promise.all(Array.from({ length: 50 }, () => agents.authenticate('t')));
    expect(actors).toEqual(Array(50).fill(actor));
    expect(agents.lookup('t')).toEqual(actor);
    clock += 10 * minute - 1;
    expect(agents.lookup('t')).toEqual(actor);
    expect(asked).toEqual(['t']);
  });

  it('are asked for again in the background after 10 minutes', async () => {
    await agents.authenticate('t');
    clock += 10 * minute;
    answer = () => Promise.resolve({ username: 'new', orgId: '12' });
    expect(agents.lookup('t')).toEqual(actor);
    expect(agents.lookup('t')).toEqual(actor);
    await settled();
    expect(agents.lookup('t')).toMatchObject({ userName: 'new', orgId: '12' });
    expect(asked).toEqual(['t', 't']);
  });

  it('lose access when AMS withdraws it', async () => {
    await agents.authenticate('t');
    clock += 10 * minute;
    answer = fail(403);
    agents.lookup('t');
    await settled();
    expect(agents.lookup('t')).toBeUndefined();
    await expect(agents.authenticate('t')).rejects.toEqual(unauthenticated);
    expect(asked).toHaveLength(2);
  });

  it('wait for AMS when the answer is older than 20 minutes', async () => {
    await agents.authenticate('t');
    clock += 20 * minute;
    expect(agents.lookup('t')).toBeUndefined();
    answer = fail(404);
    await expect(agents.authenticate('t')).rejects.toEqual(unauthenticated);
  });

  it.each([null, 500, 503, 429, 408])('go on for 24 hours while AMS answers %s', async (status) => {
    await agents.authenticate('t');
    clock += 23 * 60 * minute;
    answer = fail(status);
    expect(await agents.authenticate('t')).toEqual(actor);
    expect(agents.lookup('t')).toEqual(actor);
    expect(asked).toHaveLength(2);
    clock += 15_000;
    expect(await agents.authenticate('t')).toEqual(actor);
    expect(asked).toHaveLength(3);
    clock += 60 * minute;
    await expect(agents.authenticate('t')).rejects.toEqual(unavailable);
    answer = () => Promise.resolve(account);
    expect(await agents.authenticate('t')).toEqual(actor);
  });

  it('are refused without asking each time, for a minute', async () => {
    answer = fail(404);
    await expect(agents.authenticate('bad')).rejects.toEqual(unauthenticated);
    await expect(agents.authenticate('bad')).rejects.toEqual(unauthenticated);
    expect(asked).toEqual(['bad']);
    clock += minute;
    answer = () => Promise.resolve(account);
    expect(await agents.authenticate('bad')).toEqual(actor);
  });

  it('are unavailable, not refused, when a first question fails', async () => {
    answer = fail(null);
    await expect(agents.authenticate('t')).rejects.toEqual(unavailable);
    answer = () => Promise.resolve(account);
    expect(await agents.authenticate('t')).toEqual(actor);
  });

  it('need a plausible token', async () => {
    for (const token of [undefined, '', 'x'.repeat(9000)]) {
      expect(agents.lookup(token)).toBeUndefined();
      await expect(agents.authenticate(token)).rejects.toEqual(unauthenticated);
    }
    expect(asked).toEqual([]);
  });

  it('keep their place when others send garbage', async () => {
    await agents.authenticate('t');
    answer = fail(404);
    for (let n = 0; n < 20_001; n += 1) await agents.authenticate(`g${n}`).catch(() => undefined);
    expect(agents.lookup('t')).toEqual(actor);
  });
});
