import { AmsError } from './ams-error';
import { tokenSchema } from './ams-wire';
import type { Answer } from './send';

export interface TokenSourceOptions {
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
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

const operation = 'token';
const retryRenewalMilliseconds = 5000;
const safetyMilliseconds = 5000;

/** The outcome of a shared promise, or a rejection when the signal of this one caller comes first. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new AmsError(null, operation, 'no token in time'));
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

export function createTokenSource(options: TokenSourceOptions): TokenSource {
  let cached: CachedToken | undefined;
  let pending: Promise<string> | undefined;

  async function request(): Promise<string> {
    const basic = Buffer.from(`${encodeURIComponent(options.clientId)}:${encodeURIComponent(options.clientSecret)}`);
    const started = options.now();
    const answer = await options.send(operation, options.tokenUrl, {
      method: 'POST',
      headers: {
        authorization: `Basic ${basic.toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
        accept: 'application/json',
      },
      body: new URLSearchParams({
        grant_type: 'client_credentials', client_id: options.clientId, scope: 'openid',
      }).toString(),
      signal: AbortSignal.timeout(options.timeoutMs),
    });
    const token = tokenSchema.safeParse(answer.body);
    if (answer.status !== 200 || !token.success) {
      throw new AmsError(null, operation, `the token endpoint answered ${answer.status} without a token`);
    }
    const lifetime = token.data.expires_in * 1000;
    cached = {
      value: token.data.access_token,
      renewAt: started + Math.max(lifetime / 2, lifetime - 60_000),
      staleAt: started + Math.max(lifetime / 2, lifetime - safetyMilliseconds),
    };
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
      const now = options.now();
      if (cached !== undefined && now < cached.staleAt) {
        if (now >= cached.renewAt && pending === undefined) {
          cached.renewAt = now + retryRenewalMilliseconds;
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
