import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createAccountRoutes } from './accounts/routes';
import type { Directory } from './accounts/directory';
import { createClusterAuthorizationRoutes } from './authorizations/cluster-authorizations';
import { createReviewRoutes } from './authorizations/reviews';
import { createTokenAuthorizationRoutes } from './authorizations/token-authorization';
import { ageSubscriptions } from './aging/age-subscriptions';
import { createAgingRoutes } from './aging/routes';
import type { StandinConfig } from './config';
import { injectFaults } from './faults/inject-faults';
import { FaultRegistry } from './faults/registry';
import { createFaultRoutes } from './faults/routes';
import type { Log } from './log';
import { OcmError, renderOcmError } from './ocm-error';
import type { Database } from './store/database';
import { createSubscriptionRepository } from './subscriptions/repository';
import { createSubscriptionRoutes } from './subscriptions/routes';
import { createTelemetryRepository } from './telemetry/repository';
import { createTelemetryRoutes } from './telemetry/routes';
import { requireCaller } from './tokens/require-caller';
import { createTokenRoutes, realmPath } from './tokens/routes';
import type { SigningKeys } from './tokens/signing-keys';

export interface AppDependencies {
  config: Pick<StandinConfig, 'baseUrl' | 'tokenLifetimeSeconds' | 'aging'>;
  database: Database;
  directory: Directory;
  keys: SigningKeys;
  log: Log;
}

/** The whole HTTP surface: tokens, accounts_mgmt, authorizations, telemetry, aging, fault switches, health. */
export function createApp({ config, database, directory, keys, log }: AppDependencies): Hono {
  const app = new Hono();
  const faults = new FaultRegistry();
  const subscriptions = createSubscriptionRepository(database);
  const issuer = `${config.baseUrl}${realmPath}`;

  app.use(async (c, next) => {
    const started = performance.now();
    c.header('x-operation-id', randomUUID());
    await next();
    log('info', 'request', {
      method: c.req.method,
      path: c.req.path,
      status: c.res.status,
      duration_ms: Math.round((performance.now() - started) * 10) / 10,
      operation_id: c.res.headers.get('x-operation-id'),
    });
  });
  app.use(bodyLimit({ maxSize: 1024 * 1024, onError: (c) => renderOcmError(c, 413, 'The request body is too large') }));
  app.use(injectFaults(faults));

  app.get('/health', async (c) => {
    await database`SELECT 1`;
    return c.json({ status: 'ok' });
  });
  app.route('/', createFaultRoutes(faults));
  app.route('/', createTokenRoutes({ directory, keys, settings: { issuer, lifetimeSeconds: config.tokenLifetimeSeconds } }));

  app.route('/telemetry', createTelemetryRoutes({ directory, telemetry: createTelemetryRepository(database) }));
  app.route('/aging', createAgingRoutes((now) => ageSubscriptions(database, config.aging, now)));

  app.use('/api/*', requireCaller({ keys, directory, issuer }));
  app.route('/api/accounts_mgmt/v1', createAccountRoutes(database));
  app.route('/api/accounts_mgmt/v1/subscriptions', createSubscriptionRoutes(subscriptions));
  app.route('/api/accounts_mgmt/v1/cluster_authorizations', createClusterAuthorizationRoutes({ directory, subscriptions }));
  app.route('/api/accounts_mgmt/v1/token_authorization', createTokenAuthorizationRoutes(directory));
  app.route('/api/authorizations/v1', createReviewRoutes(directory));

  app.notFound((c) => renderOcmError(c, 404, 'The requested resource doesn\'t exist'));
  app.onError((error, c) => {
    if (error instanceof OcmError) return renderOcmError(c, error.status, error.reason);
    log('error', 'request failed', { method: c.req.method, path: c.req.path, error: error.message });
    return renderOcmError(c, 500, 'Unspecified error');
  });
  return app;
}
