import type { StoreOptions } from '../../src/store/create-store';

/** What a worker process of a test is started with, as JSON in its first argument. */
export interface WorkerOrder {
  address: string;
  namespace: string;
  databaseUrl: string;
  bundlePath: string;
  /** Where it publishes base images, and from what. */
  baseImages?: { store: StoreOptions; url: string; sha256: string };
  ams: { baseUrl: string; tokenUrl: string; clientId: string; clientSecret: string };
}
