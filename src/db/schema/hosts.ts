import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { DiskInfo, ImageStatus } from '../../domain/host/facts';
import type { HostKind } from '../../domain/host/model';
import type { HostRole } from '../../domain/host/role';
import type { HostStage } from '../../domain/host/stage';
import type { HostStatus } from '../../domain/host/status';
import type { LogsState } from '../../domain/logs-state';
import { instant, now, plainText } from './columns';
import { sealedText } from './sealed-columns';

/** One row a host of an infra-env; written by the workflow of its cluster, except that the API inserts a new one as `discovering`. */
export const hosts = pgTable(
  'hosts',
  {
    id: uuid('id').notNull(),
    infraEnvId: uuid('infra_env_id').notNull(),
    clusterId: uuid('cluster_id').notNull(),
    kind: text('kind').$type<HostKind>().notNull().default('Host'),
    status: text('status').$type<HostStatus>().notNull(),
    statusInfo: plainText('status_info'),
    statusUpdatedAt: instant('status_updated_at').notNull(),
    role: text('role').$type<HostRole>().notNull().default('auto-assign'),
    bootstrap: boolean('bootstrap').notNull().default(false),
    requestedHostname: plainText('requested_hostname'),
    validationsInfo: plainText('validations_info'),
    stage: text('stage').$type<HostStage | ''>().notNull().default(''),
    stageInfo: plainText('stage_info'),
    stageStartedAt: instant('stage_started_at'),
    stageUpdatedAt: instant('stage_updated_at'),
    /** Share of the host's stages that are done, 0 to 100. */
    installationPercentage: integer('installation_percentage').notNull().default(0),
    installationDiskId: plainText('installation_disk_id'),
    installationDiskPath: plainText('installation_disk_path'),
    machineConfigPoolName: plainText('machine_config_pool_name'),
    installerVersion: plainText('installer_version'),
    installerArgs: plainText('installer_args'),
    ignitionConfigOverrides: sealedText('ignition_config_overrides'),
    discoveryAgentVersion: plainText('discovery_agent_version'),
    logsInfo: text('logs_info').$type<LogsState>().notNull().default(''),
    logsStartedAt: instant('logs_started_at'),
    logsCollectedAt: instant('logs_collected_at'),
    createdAt: instant('created_at').notNull().default(now),
    updatedAt: instant('updated_at').notNull().default(now),
    deletedAt: instant('deleted_at'),
  },
  (t) => [primaryKey({ columns: [t.infraEnvId, t.id] }), index('hosts_cluster_id').on(t.clusterId), index('hosts_id').on(t.id), index('hosts_status').on(t.status)],
);

/** The last word of a host's agent; written by the API only. `hashes` holds, by step type, what change detection compares. */
export const hostFacts = pgTable(
  'host_facts',
  {
    infraEnvId: uuid('infra_env_id').notNull(),
    hostId: uuid('host_id').notNull(),
    /** JSON as the agent sent it, re-serialised by the known schema; null = not reported since the last registration. */
    inventory: text('inventory'),
    connectivity: text('connectivity'),
    freeAddresses: text('free_addresses'),
    ntpSources: text('ntp_sources'),
    apiVipConnectivity: text('api_vip_connectivity'),
    disksInfo: jsonb('disks_info').$type<Record<string, DiskInfo>>().notNull().default({}),
    imagesStatus: jsonb('images_status').$type<Record<string, ImageStatus>>().notNull().default({}),
    hashes: jsonb('hashes').$type<Record<string, string>>().notNull().default({}),
    /** New with each write, and never the same again: what was read under it before is still true (src/db/decoded-facts). */
    contentId: uuid('content_id').notNull().defaultRandom().$onUpdate(() => sql`gen_random_uuid()`),
    updatedAt: instant('updated_at').notNull().default(now),
  },
  (t) => [primaryKey({ columns: [t.infraEnvId, t.hostId] })],
);

/** Narrow on purpose: agents' polls touch nothing else. */
export const hostHeartbeats = pgTable(
  'host_heartbeats',
  {
    infraEnvId: uuid('infra_env_id').notNull(),
    hostId: uuid('host_id').notNull(),
    checkedInAt: instant('checked_in_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.infraEnvId, t.hostId] })],
);
