const versions = { '4.8': { display_name: '4.8.14', release_version: '4.8.14', release_image: 'quay.io/ocp:4.8.14', rhcos_image: 'file:///base.iso', rhcos_rootfs: 'r', rhcos_version: '48.84', support_level: 'production', default: true } };

/** The least that a service must be told, by the names of its environment. */
export const completeSettings: Record<string, string> = {
  ENVIRONMENT: 'development',
  ROLE: 'all',
  PORT: '8090',
  SERVICE_BASE_URL: 'http://127.0.0.1:8090',
  DATABASE_URL: 'postgres://user:planted-password@db/assisted',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  S3_ENDPOINT_URL: 'http://127.0.0.1:9000',
  S3_BUCKET: 'private',
  S3_BUCKET_PUBLIC: 'public',
  S3_ACCESS_KEY_ID: 'id',
  S3_SECRET_ACCESS_KEY: 'planted-s3',
  AUTH_TYPE: 'none',
  OPENSHIFT_VERSIONS: JSON.stringify(versions),
  ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64'),
  URL_SIGNING_KEY: '-----BEGIN PRIVATE KEY-----\nplanted-key\n-----END PRIVATE KEY-----',
};
