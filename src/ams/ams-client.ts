import { timeLimit } from '../signals/time-limit';
import type { z } from 'zod';
import { AmsError } from './ams-error';
import type { AmsCallMetric, AmsCallOptions, AmsClient, AmsSubscription } from './ams-types';
import {
  accessReviewSchema, capabilityReviewSchema, clusterAuthorizationSchema, errorSchema, subscriptionListSchema,
  subscriptionSchema, tokenAuthorizationSchema,
} from './ams-wire';
import { send } from './send';
import type { Answer, Fetch } from './send';
import { createTokenGrant, type AmsCredential } from './token-grant';
import { createTokenSource, tokenOperation } from './token-source';

export type AmsClientOptions = AmsCredential & {
  /** Address of OCM without a trailing slash. */
  baseUrl: string;
  tokenUrl: string;
  /** Default limit of one call in milliseconds. */
  timeoutMs: number;
  fetch?: Fetch;
  observe?: (metric: AmsCallMetric) => void;
  /** Clock in milliseconds, for tests. */
  now?: () => number;
};

interface Call {
  operation: string;
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  path: string;
  body?: Record<string, unknown>;
  /** A part of the body that an echoing server must not bring into an error message. */
  secret?: string;
  options: AmsCallOptions | undefined;
}

const accountsPath = '/api/accounts_mgmt/v1';
const authorizationsPath = '/api/authorizations/v1';
const pageSize = 100;

function refusalText(body: unknown, secret: string | undefined): string {
  const error = errorSchema.safeParse(body);
  if (!error.success) return '';
  const reason = secret === undefined ? error.data.reason : error.data.reason.replaceAll(secret, '***');
  return [error.data.code, reason.slice(0, 300)].filter((part) => part !== '').join(' ');
}

/** The path of an address without what is different in each call. */
const pathPattern = (url: string): string => new URL(url).pathname.replace(/(?<=\/subscriptions\/)[^/]+/, '-');

/** The client of AMS. It retries nothing, except that a refused token is replaced once by a new one. */
export function createAmsClient(options: AmsClientOptions): AmsClient {
  const fetch: Fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
  const now = options.now ?? Date.now;
  const baseUrl = options.baseUrl.replace(/\/+$/, '');

  async function observed(operation: string, url: string, init: RequestInit): Promise<Answer> {
    const started = performance.now();
    let status: number | null = null;
    try {
      const answer = await send(fetch, operation, url, init);
      status = answer.status;
      return answer;
    } finally {
      options.observe?.({ operation, method: init.method ?? 'GET', path: pathPattern(url), token: operation === tokenOperation, status, durationMs: performance.now() - started });
    }
  }

  const tokens = createTokenSource({ tokenUrl: options.tokenUrl, timeoutMs: options.timeoutMs, grant: createTokenGrant(options), send: observed, now });

  async function call(request: Call, accepted: readonly number[] = []): Promise<unknown> {
    const { operation, method, path, body, options: limits } = request;
    const signal = timeLimit(limits?.timeoutMs ?? options.timeoutMs, limits?.signal);
    for (let attempt = 1; ; attempt += 1) {
      const token = await tokens.get(signal);
      const answer = await observed(operation, `${baseUrl}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json',
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal,
      });
      if ((answer.status >= 200 && answer.status < 300) || accepted.includes(answer.status)) return answer.body;
      if (answer.status === 401) {
        tokens.discard(token);
        if (attempt === 1) continue;
        // It is the service's own credential that is refused: no word about the user or agent who was asked about.
        throw new AmsError(null, operation, 'refused the credential of this service');
      }
      throw new AmsError(answer.status, operation, `answered ${answer.status} ${refusalText(answer.body, request.secret)}`.trim());
    }
  }

  async function callFor<Schema extends z.ZodType>(schema: Schema, request: Call): Promise<z.infer<Schema>> {
    const parsed = schema.safeParse(await call(request));
    if (!parsed.success) throw new AmsError(null, request.operation, 'the answer has an unknown shape');
    return parsed.data;
  }

  return {
    async findSubscriptions(filter, limits) {
      const found = new Map<string, AmsSubscription>();
      const [field, value] = 'clusterId' in filter ? ['cluster_id', filter.clusterId] : ['external_cluster_id', filter.externalClusterId];
      const search = `${field} = '${value.replaceAll('\'', '\'\'')}'`;
      for (let page = 1; ; page += 1) {
        const query = new URLSearchParams({ search, order: 'created_at asc', page: String(page), size: String(pageSize) });
        const list = await callFor(subscriptionListSchema, {
          operation: 'findSubscriptions', method: 'GET', path: `${accountsPath}/subscriptions?${query.toString()}`, options: limits,
        });
        for (const subscription of list.items) found.set(subscription.id, subscription);
        if (list.items.length === 0 || found.size >= list.total) return [...found.values()];
      }
    },

    async createReservedSubscription({ accountUsername, clusterId, displayName }, limits) {
      const operation = 'createReservedSubscription';
      const { allowed, subscription } = await callFor(clusterAuthorizationSchema, {
        operation,
        method: 'POST',
        path: `${accountsPath}/cluster_authorizations`,
        body: {
          account_username: accountUsername,
          cluster_id: clusterId,
          display_name: displayName,
          managed: false,
          product_id: 'OCP',
          product_category: 'AssistedInstall',
          reserve: true,
          resources: [],
        },
        options: limits,
      });
      if (!allowed) throw new AmsError(403, operation, 'the account is not allowed to create this cluster');
      if (subscription === undefined) throw new AmsError(null, operation, 'the answer has no subscription');
      return subscription;
    },

    async getSubscription(id, limits) {
      return callFor(subscriptionSchema, {
        operation: 'getSubscription',
        method: 'GET',
        path: `${accountsPath}/subscriptions/${encodeURIComponent(id)}`,
        options: limits,
      });
    },

    async patchSubscription(id, change, limits) {
      return callFor(subscriptionSchema, {
        operation: 'patchSubscription',
        method: 'PATCH',
        path: `${accountsPath}/subscriptions/${encodeURIComponent(id)}`,
        body: {
          kind: 'Subscription',
          ...(change.displayName === undefined ? {} : { display_name: change.displayName }),
          ...(change.externalClusterId === undefined ? {} : { external_cluster_id: change.externalClusterId }),
          ...(change.consoleUrl === undefined ? {} : { console_url: change.consoleUrl }),
          ...(change.status === undefined ? {} : { status: change.status }),
        },
        options: limits,
      });
    },

    async deleteSubscription(id, limits) {
      await call({
        operation: 'deleteSubscription',
        method: 'DELETE',
        path: `${accountsPath}/subscriptions/${encodeURIComponent(id)}`,
        options: limits,
      }, [404]);
    },

    async authorizeToken(token, limits) {
      return callFor(tokenAuthorizationSchema, {
        operation: 'authorizeToken',
        method: 'POST',
        path: `${accountsPath}/token_authorization`,
        body: { authorization_token: token },
        secret: token,
        options: limits,
      });
    },

    async reviewCapability(username, limits) {
      const { result } = await callFor(capabilityReviewSchema, {
        operation: 'reviewCapability',
        method: 'POST',
        path: `${authorizationsPath}/capability_review`,
        body: { account_username: username, capability: 'bare_metal_installer_admin', type: 'Account' },
        options: limits,
      });
      return result === 'true';
    },

    async reviewAccess(username, limits) {
      const { allowed } = await callFor(accessReviewSchema, {
        operation: 'reviewAccess',
        method: 'POST',
        path: `${authorizationsPath}/access_review`,
        body: { account_username: username, action: 'create', resource_type: 'BareMetalCluster' },
        options: limits,
      });
      return allowed;
    },
  };
}
