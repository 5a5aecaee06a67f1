import postgres from 'postgres';

export type Database = postgres.Sql;

/** Opens the connection pool. Nothing is sent before the first query. */
export function openDatabase(databaseUrl: string): Database {
  return postgres(databaseUrl, {
    max: 10,
    connect_timeout: 5,
    onnotice: () => undefined,
    connection: { application_name: 'ams-standin' },
  });
}
