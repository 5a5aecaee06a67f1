/** What a worker process of a test is started with, as JSON in its first argument. */
export interface WorkerOrder {
  address: string;
  namespace: string;
  databaseUrl: string;
  bundlePath: string;
  ams: { baseUrl: string; tokenUrl: string; clientId: string; clientSecret: string };
}
