import { randomUUID } from 'node:crypto';
import type { Account } from '../accounts/account';
import type { Database } from '../store/database';
import type { SubscriptionRow } from '../subscriptions/subscription';
import type { ClusterMetrics } from './cluster-metrics';

export interface TelemetryRepository {
  /**
   * Adds metrics to the subscription of a cluster; one that had gone silent is Active again. Of several with its id the one of an
   * installation is meant. Without any it makes one that knows of the cluster only what its metrics tell.
   */
  record(account: Account, externalClusterId: string, metrics: ClusterMetrics): Promise<SubscriptionRow>;
}

/** Metrics of running clusters, kept with their subscriptions. */
export function createTelemetryRepository(database: Database): TelemetryRepository {
  return {
    record: (account, externalClusterId, metrics) => database.begin(async (sql) => {
      // Two notifications of one cluster must not make two subscriptions.
      await sql`SELECT pg_advisory_xact_lock(hashtextextended(${`telemetry ${externalClusterId}`}, 0))`;
      const [known] = await sql<SubscriptionRow[]>`
        UPDATE ams.subscriptions SET metrics = ${sql.json([metrics])}, last_telemetry_date = clock_timestamp(), updated_at = clock_timestamp(),
          status = CASE WHEN status IN ('Stale', 'Archived', 'Disconnected') THEN 'Active' ELSE status END
        WHERE id = (SELECT id FROM ams.subscriptions WHERE external_cluster_id = ${externalClusterId}
          ORDER BY plan_category = '', created_at DESC LIMIT 1)
        RETURNING *`;
      if (known !== undefined) return known;
      const [made] = await sql<SubscriptionRow[]>`
        INSERT INTO ams.subscriptions (id, plan_id, plan_type, plan_category, cluster_id, external_cluster_id, organization_id, creator_id,
          display_name, managed, status, provenance, console_url, metrics, last_telemetry_date, activated_at)
        VALUES (${randomUUID()}, 'OCP', 'OCP', '', '', ${externalClusterId}, ${account.organization_id}, ${account.id},
          ${externalClusterId}, false, 'Active', 'Telemetry', ${metrics.console_url}, ${sql.json([metrics])}, clock_timestamp(), clock_timestamp())
        RETURNING *`;
      if (made === undefined) throw new Error('the new subscription was not returned');
      return made;
    }),
  };
}
