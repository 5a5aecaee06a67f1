import { AmsError } from './ams-error';
import { tokenSchema } from './ams-wire';
import type { Answer } from './send';
import type { TokenGrant } from './token-grant';

export interface TokenSourceOptions {
  tokenUrl: string;
  grant: TokenGrant;
  timeoutMs: number;
  send: (operation: string, url: string, init: RequestInit) => Promise<Answer>;
  now: () => number;
}

/** Access tokens of the service account: cached, renewed before they expire, one request at a time. */
export interface TokenSource {
  /** A token that is valid for a while yet. Rejects with AmsError (status null), also when the signal comes first. */
  get(signal: AbortSignal): Promise<string>;
  /** Forgets this token after AMS refused it. */
  discard(token: string): void;
}

interface CachedToken {
  value: string;
  /** From here on a new one is fetched while this one is still handed out. */
  renewAt: number;
  /** From here on it isn't handed out any more. */
  staleAt: number;
}

export const tokenOperation = 'token';
const retryRenewalMilliseconds = 5000;
const safetyMilliseconds = 5000;

/** The outcome of a shared promise, or a rejection when the signal of this one caller comes first. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new AmsError(null, tokenOperation, 'no token in time'));
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

function cacheUntil(value: string, expiresAt: number, from: number): CachedToken {
  const half = from + (expiresAt - from) / 2;
  return { value, renewAt: Math.max(half, expiresAt - 60_000), staleAt: Math.max(half, expiresAt - safetyMilliseconds) };
}

export function createTokenSource(options: TokenSourceOptions): TokenSource {
  const { grant, now } = options;
  let cached = grant.given && cacheUntil(grant.given.value, grant.given.expiresAt, now());
  let pending: Promise<string> | undefined;

  async function request(): Promise<string> {
    const { headers, body } = grant.request();
    const started = now();
    const answer = await options.send(tokenOperation, options.tokenUrl, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: body.toString(),
      signal: AbortSignal.timeout(options.timeoutMs),
    });
    const token = tokenSchema.safeParse(answer.body);
    if (answer.status !== 200 || !token.success) {
      if (answer.status >= 400 && answer.status < 500) grant.answered(undefined);
      throw new AmsError(null, tokenOperation, `the token endpoint answered ${answer.status} without a token`);
    }
    grant.answered(token.data.refresh_token);
    cached = cacheUntil(token.data.access_token, started + token.data.expires_in * 1000, started);
    return cached.value;
  }

  function renew(): Promise<string> {
    pending ??= request().finally(() => {
      pending = undefined;
    });
    return pending;
  }

  return {
    async get(signal) {
      const time = now();
      if (cached !== undefined && time < cached.staleAt) {
        if (time >= cached.renewAt && pending === undefined) {
          cached.renewAt = time + retryRenewalMilliseconds;
          renew().catch(() => undefined);
        }
        return cached.value;
      }
      return abortable(renew(), signal);
    },
    discard(token) {
      if (cached?.value === token) cached = undefined;
    },
  };
}
