import { Hono } from 'hono';
import { z } from 'zod';
import type { Directory } from '../accounts/directory';
import { OcmError } from '../ocm-error';
import { readBody } from '../read-body';
import { requestText } from '../request-text';
import { presentSubscription } from '../subscriptions/subscription';
import { clusterMetricsSchema } from './cluster-metrics';
import type { TelemetryRepository } from './repository';

const notificationSchema = z.object({
  /** The token of the pull secret with which the cluster sends its metrics. */
  authorization_token: requestText.min(1),
  external_cluster_id: requestText.min(1),
  metrics: clusterMetricsSchema.prefault({}),
});

/**
 * POST /telemetry/notifications: what Telemeter tells AMS of a running cluster. The metrics become those of the subscription
 * with this external_cluster_id; where there is none, a new one is made for the "unsubscribed" cluster.
 */
export function createTelemetryRoutes({ directory, telemetry }: { directory: Directory; telemetry: TelemetryRepository }): Hono {
  const routes = new Hono();
  routes.post('/notifications', async (c) => {
    const { authorization_token: token, external_cluster_id: externalClusterId, metrics } = await readBody(c, notificationSchema);
    const user = directory.findUserByPullSecretToken(token);
    const account = user === undefined ? undefined : await directory.findAccount(user.username);
    if (account === undefined) throw new OcmError(404, 'No account has this authorization token');
    const queried = { ...metrics, query_timestamp: metrics.query_timestamp ?? new Date().toISOString() };
    return c.json(presentSubscription(await telemetry.record(account, externalClusterId, queried)));
  });
  return routes;
}
