/** The one place of everything the launcher, the tests' stack and temporal-dev.yml must agree on. */
export const devSettings = {
  defaultPortBase: 8090,
  /** Offsets from the port base. */
  ports: { api: 0, temporal: 1, temporalUi: 2, s3: 3, ams: 4, postgres: 5, worker: 6, gateway: 7 },
  postgres: {
    majorVersion: 18,
    user: 'postgres',
    password: 'assisted-dev',
    database: 'assisted',
    amsDatabase: 'ams',
    parameters: { max_connections: '200', shared_buffers: '128MB' },
  },
  temporal: {
    cliVersion: '1.5.1',
    /** Oldest server whose update-with-start the service relies on. */
    minimumServerVersion: '1.28.0',
    namespace: 'default',
    retentionHours: 30 * 24,
    searchAttributes: {
      ClusterStatus: 'Keyword',
      OrgId: 'Keyword',
      OpenshiftVersion: 'Keyword',
      HostCount: 'Int',
      AttentionNeeded: 'Bool',
    },
    dynamicConfig: {
      'system.enableActivityEagerExecution': true,
      'matching.numTaskqueueReadPartitions': 1,
      'matching.numTaskqueueWritePartitions': 1,
    },
    sqlitePragmas: { journal_mode: 'wal', synchronous: 'normal' },
  },
  s3: {
    version: '1.8.0',
    region: 'us-east-1',
    accessKey: 'assisted-dev',
    secretKey: 'assisted-dev-secret',
    bucket: 'assisted-installer',
    publicBucket: 'assisted-installer-public',
  },
} as const;
