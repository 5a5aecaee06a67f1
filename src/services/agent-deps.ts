import type { Database } from '../db/client';
import type { RecordMeasures } from '../domain/metrics/measure';
import type { DomainSettings } from '../domain/settings';
import type { ClusterMessenger } from '../temporal/cluster-messenger';

/** Everything the services of agents and controllers need of the world; wired in src/main.ts. */
export interface AgentServiceDeps {
  db: Database;
  messenger: Pick<ClusterMessenger, 'signal'>;
  settings: DomainSettings;
  metrics: { record: RecordMeasures };
  log: { info(fields: object, message: string): void; warn(fields: object, message: string): void };
}
