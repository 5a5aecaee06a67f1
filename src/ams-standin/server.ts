import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { openDirectory } from './accounts/directory';
import { ageSubscriptions } from './aging/age-subscriptions';
import { startAging } from './aging/start-aging';
import { createApp } from './app';
import type { StandinConfig } from './config';
import type { Log } from './log';
import { openDatabase } from './store/database';
import { migrate } from './store/migrate';
import { openSigningKeys } from './tokens/signing-keys';

export interface RunningStandin {
  /** The port it listens on (of interest when the configured one was 0). */
  port: number;
  /** Stops accepting, lets running requests end for up to 5 s, closes the database. */
  close(): Promise<void>;
}

const graceMilliseconds = 5000;

/** Migrates the schema, loads keys and accounts, and serves. Rejects when the database or the port can't be had. */
export async function startStandin(config: StandinConfig, log: Log): Promise<RunningStandin> {
  const database = openDatabase(config.databaseUrl);
  try {
    await migrate(database);
    const keys = await openSigningKeys(database);
    const directory = await openDirectory(database, config);
    const app = createApp({ config, database, directory, keys, log });
    const server = await new Promise<Server>((resolve, reject) => {
      const starting = serve({ fetch: app.fetch, port: config.port, hostname: config.listenAddress }, () => {
        starting.off('error', reject);
        resolve(starting as Server);
      });
      starting.once('error', reject);
    });
    const stopAging = startAging(() => ageSubscriptions(database, config.aging, new Date()), config.aging.intervalSeconds, log);
    return {
      port: (server.address() as AddressInfo).port,
      async close() {
        const timer = setTimeout(() => server.closeAllConnections(), graceMilliseconds);
        await new Promise<void>((resolve) => {
          server.close(() => resolve());
          server.closeIdleConnections();
        });
        clearTimeout(timer);
        await stopAging();
        await database.end({ timeout: 1 });
      },
    };
  } catch (error) {
    await database.end({ timeout: 1 });
    throw error;
  }
}
