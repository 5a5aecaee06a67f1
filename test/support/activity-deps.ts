import { randomBytes } from 'node:crypto';
import type { ActivityDeps } from '../../activities/deps';
import type { DatabaseConnection } from '../../src/db/client';
import { createSecretBox } from '../../src/db/secret-box';
import { domainSettings } from './domain-settings';

const unexpected = (what: string) => (): never => {
  throw new Error(`${what} is not part of this test`);
};

/** Dependencies for activities that work on the database only; what a test needs beyond it gives in `parts`. */
export function databaseDeps(database: DatabaseConnection, parts: Partial<ActivityDeps> = {}): ActivityDeps {
  return {
    db: database.db,
    exclusively: database.exclusively,
    sweep: { intervalMs: 100, lagMs: 3_000, staleIntentMs: 60_000, keptIntentMs: 7 * 86_400_000 },
    metrics: { record: () => undefined, forgetCluster: () => undefined },
    settings: domainSettings(),
    secretBox: createSecretBox(randomBytes(32).toString('base64')),
    stateStore: { putObject: unexpected('storing state'), readObject: unexpected('reading state') },
    images: { build: unexpected('building images'), find: unexpected('finding images'), remove: unexpected('removing images') },
    artefacts: {
      make: unexpected('making artefacts'),
      storeDay2Ignition: unexpected('storing ignitions'),
      removeInstallation: unexpected('removing artefacts'),
      removeAll: unexpected('removing objects'),
    },
    subscriptions: null,
    dns: null,
    serviceImages: { build: unexpected('making service images'), discard: unexpected('removing requests'), remove: unexpected('removing service images') },
    baseImages: { publish: unexpected('publishing base images'), makeMinimal: unexpected('making minimal images') },
    notifier: { factsChanged: unexpected('telling workflows'), start: unexpected('starting workflows') },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    ...parts,
  };
}
