import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Actor } from '../../auth/actor';
import type { ApiLog } from '../deps';
import { TooManyRequests } from '../errors';

/** Requests a minute that one process takes from one caller of each class; 0 = any number. */
export interface RateLimitCounts {
  /** A person or service account. */
  user: number;
  /** The agent of one host, on paths that name it. */
  host: number;
  /** All agents of one cluster together, on paths that name no host. */
  cluster: number;
  /** The bearers of one signed address together. */
  signed: number;
  /** Credentials from one network address that turned out to be bad. */
  refused: number;
}

export interface RateLimits {
  /** Counts a request of a caller who is known. Rejects with TooManyRequests. */
  admit(actor: Actor, about: { clusterId: string | undefined; hostId: string | undefined }): Promise<void>;
  /** Rejects with TooManyRequests when too many credentials from this address were bad lately; asked before another one is checked. */
  mayTry(address: string): Promise<void>;
  /** Counts a credential that was bad. */
  refused(address: string): Promise<void>;
}

const windowSeconds = 60;

/**
 * Keeps one caller from taking the service from all others. The counts are those of this process: a limit protects a process,
 * and a shared count would cost every poll of every agent a write. Agents are counted by host, because all of a fleet share
 * one credential.
 */
export function createRateLimits(counts: RateLimitCounts, log: Pick<ApiLog, 'warn'>): RateLimits {
  const limiterOf = (points: number) => (points === 0 ? undefined : new RateLimiterMemory({ points, duration: windowSeconds }));
  const limiters = { user: limiterOf(counts.user), host: limiterOf(counts.host), cluster: limiterOf(counts.cluster), signed: limiterOf(counts.signed), refused: limiterOf(counts.refused) };

  async function consume(kind: keyof RateLimitCounts, key: string): Promise<void> {
    try {
      await limiters[kind]?.consume(key);
    } catch (rejection) {
      if (!(rejection instanceof RateLimiterRes)) throw rejection;
      // Once a minute is enough to find who it is.
      if (rejection.consumedPoints === counts[kind] + 1) log.warn({ limit: kind, caller: key, perMinute: counts[kind] }, 'a caller sends too many requests');
      throw tooMany(rejection.msBeforeNext);
    }
  }

  return {
    async admit(actor, { clusterId = '', hostId }) {
      if (actor.kind === 'user') return consume('user', actor.userName);
      if (actor.kind === 'signed') return consume('signed', `${actor.claims.clusterId}/${actor.claims.file}`);
      // Whose the cluster is has not been asked yet: a stranger must not use up what its own agents may send.
      const account = actor.clusterId ?? actor.userName;
      return hostId === undefined ? consume('cluster', `${account} ${clusterId}`) : consume('host', `${account} ${clusterId}/${hostId}`);
    },
    async mayTry(address) {
      const state = await limiters.refused?.get(address);
      if (state && state.consumedPoints >= counts.refused) throw tooMany(state.msBeforeNext);
    },
    async refused(address) {
      await consume('refused', address).catch((error: unknown) => {
        if (!(error instanceof TooManyRequests)) throw error;
      });
    },
  };
}

const tooMany = (msBeforeNext: number): TooManyRequests => new TooManyRequests(Math.max(1, Math.ceil(msBeforeNext / 1000)));
