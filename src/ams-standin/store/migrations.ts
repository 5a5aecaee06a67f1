/** Schema changes in order. An entry that was released is never edited; add another one. */
export const migrations: readonly { id: number; statements: string }[] = [
  {
    id: 1,
    statements: `
      CREATE TABLE ams.signing_keys (
        kid text PRIMARY KEY,
        private_key_pem text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );
      CREATE TABLE ams.accounts (
        id text PRIMARY KEY,
        username text NOT NULL UNIQUE,
        organization_id text NOT NULL,
        email text NOT NULL,
        first_name text NOT NULL,
        last_name text NOT NULL,
        service_account boolean NOT NULL,
        banned boolean NOT NULL,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );
      CREATE TABLE ams.subscriptions (
        id text PRIMARY KEY,
        plan_id text NOT NULL,
        plan_type text NOT NULL,
        plan_category text NOT NULL,
        cluster_id text NOT NULL,
        external_cluster_id text NOT NULL DEFAULT '',
        organization_id text NOT NULL,
        creator_id text NOT NULL REFERENCES ams.accounts (id),
        display_name text NOT NULL,
        managed boolean NOT NULL,
        status text NOT NULL,
        support_level text NOT NULL DEFAULT 'Eval',
        provenance text NOT NULL DEFAULT 'Provisioning',
        console_url text NOT NULL DEFAULT '',
        cloud_provider_id text NOT NULL DEFAULT 'baremetal',
        metrics jsonb,
        last_telemetry_date timestamptz,
        last_reconcile_date timestamptz,
        last_released_at timestamptz,
        trial_end_date timestamptz,
        created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        updated_at timestamptz NOT NULL DEFAULT clock_timestamp()
      );
      CREATE INDEX subscriptions_cluster_id ON ams.subscriptions (cluster_id);
      CREATE INDEX subscriptions_external_cluster_id ON ams.subscriptions (external_cluster_id);
      CREATE INDEX subscriptions_organization_id ON ams.subscriptions (organization_id);
    `,
  },
  {
    id: 2,
    statements: `
      ALTER TABLE ams.subscriptions ADD COLUMN activated_at timestamptz;
      UPDATE ams.subscriptions SET activated_at = updated_at WHERE status = 'Active';
    `,
  },
];
