import { bigint, boolean, index, pgTable, text, uuid } from 'drizzle-orm/pg-core';
import type { InfraEnv } from '../../domain/cluster/model';
import { instant, now, plainText } from './columns';
import { sealedText } from './sealed-columns';

/** What hosts boot from. Under the v1 API each cluster has one with the cluster's own id. */
export const infraEnvs = pgTable(
  'infra_envs',
  {
    id: uuid('id').primaryKey(),
    clusterId: uuid('cluster_id'),
    sshAuthorizedKey: plainText('ssh_authorized_key'),
    imageType: text('image_type').$type<InfraEnv['imageType']>().notNull().default('full-iso'),
    staticNetworkConfig: plainText('static_network_config'),
    ignitionConfigOverrides: sealedText('ignition_config_overrides'),
    imageGenerated: boolean('image_generated').notNull().default(false),
    imageHash: plainText('image_hash'),
    imageSizeBytes: bigint('image_size_bytes', { mode: 'number' }).notNull().default(0),
    imageCreatedAt: instant('image_created_at'),
    imageExpiresAt: instant('image_expires_at'),
    createdAt: instant('created_at').notNull().default(now),
    updatedAt: instant('updated_at').notNull().default(now),
    deletedAt: instant('deleted_at'),
  },
  (t) => [index('infra_envs_cluster_id').on(t.clusterId)],
);
