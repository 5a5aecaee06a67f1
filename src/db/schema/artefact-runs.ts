import { pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { instant } from './columns';

/** The run of the generator whose files a cluster is installed with; written by the preparation's activity, one row a cluster. */
export const artefactRuns = pgTable('artefact_runs', {
  clusterId: uuid('cluster_id').primaryKey(),
  /** `install_started_at` of the installation that the run was made for. */
  installationStartedAt: instant('installation_started_at').notNull(),
  run: uuid('run').notNull(),
  openshiftClusterId: text('openshift_cluster_id').notNull(),
});
