import { setColumnKey } from './column-key';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { prepareStatements } from './prepare-statements';
import { artefactRuns } from './schema/artefact-runs';
import { clusters, clusterVersions, monitoredOperators } from './schema/clusters';
import { events } from './schema/events';
import { checkInWatch } from './schema/check-in-watch';
import { factsLog } from './schema/facts-log';
import { hostFacts, hostHeartbeats, hosts } from './schema/hosts';
import { infraEnvs } from './schema/infra-envs';
import { intents } from './schema/intents';
import { recovery } from './schema/recovery';

export const schema = { artefactRuns, checkInWatch, clusters, clusterVersions, monitoredOperators, events, factsLog, hosts, hostFacts, hostHeartbeats, infraEnvs, intents, recovery };

export type Database = PostgresJsDatabase<typeof schema>;
/** A database or a transaction of it: what queries take. */
export type Executor = Database | Parameters<Parameters<Database['transaction']>[0]>[0];

export interface DatabaseConnection {
  db: Database;
  sql: postgres.Sql;
  /**
   * Runs work while holding the lock of a name, on connections of its own: work that waits for another service never
   * takes a connection from those who answer requests.
   */
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/**
 * Opens a pool. Statements are bounded in time by the server, connecting by the client, so that a database that is
 * gone shows within seconds (docs/failures.md tells what follows).
 * @param options.columnKey base64 of the 32 bytes that seal columns which may hold secrets; the same for all connections of a process
 */
export function connectDatabase(options: { url: string; max: number; applicationName: string; columnKey: string; statementTimeoutMs?: number }): DatabaseConnection {
  setColumnKey(options.columnKey);
  const statementTimeout = options.statementTimeoutMs ?? 10_000;
  const settings: postgres.Options<Record<string, postgres.PostgresType>> = {
    max: options.max,
    connect_timeout: 3,
    idle_timeout: 60,
    max_lifetime: 60 * 30,
    onnotice: () => undefined,
    connection: {
      application_name: options.applicationName,
      statement_timeout: statementTimeout,
      idle_in_transaction_session_timeout: 30_000,
    },
  };
  // drizzle replaces the date serializers of the client it is given, so the plain one is a client of its own.
  const sql = postgres(options.url, { ...settings, max: Math.max(2, Math.ceil(options.max / 3)) });
  const drizzleClient = prepareStatements(postgres(options.url, settings));
  const locks = postgres(options.url, { ...settings, max: 10, idle_timeout: 20 });
  return {
    db: drizzle(drizzleClient, { schema }),
    sql,
    exclusively: (name, work) =>
      locks.begin(async (tx) => {
        await tx`SET LOCAL lock_timeout = '5s'`;
        await tx`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`;
        return work();
      }) as ReturnType<typeof work>,
    close: async () => {
      await Promise.all([sql, drizzleClient, locks].map((client) => client.end({ timeout: 5 })));
    },
  };
}
