import { bigint, boolean, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { ClusterKind, HyperthreadingMode, MonitoredOperator } from '../../domain/cluster/model';
import type { ClusterStatus } from '../../domain/cluster/status';
import type { LogsState } from '../../domain/logs-state';
import { bytes, instant, now, plainText } from './columns';
import { sealedText } from './sealed-columns';

/** One row a cluster; written only by the cluster's workflow. */
export const clusters = pgTable(
  'clusters',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind').$type<ClusterKind>().notNull().default('Cluster'),
    name: text('name').notNull(),
    userName: text('user_name').notNull(),
    orgId: plainText('org_id'),
    emailDomain: plainText('email_domain'),
    openshiftVersion: plainText('openshift_version'),
    ocpReleaseImage: plainText('ocp_release_image'),
    highAvailabilityMode: text('high_availability_mode').$type<'Full' | 'None'>(),
    baseDnsDomain: plainText('base_dns_domain'),
    clusterNetworkCidr: plainText('cluster_network_cidr'),
    clusterNetworkHostPrefix: integer('cluster_network_host_prefix').notNull().default(0),
    serviceNetworkCidr: plainText('service_network_cidr'),
    machineNetworkCidr: plainText('machine_network_cidr'),
    machineNetworkCidrUpdatedAt: instant('machine_network_cidr_updated_at'),
    apiVip: plainText('api_vip'),
    ingressVip: plainText('ingress_vip'),
    apiVipLease: plainText('api_vip_lease'),
    ingressVipLease: plainText('ingress_vip_lease'),
    apiVipDnsName: plainText('api_vip_dns_name'),
    vipDhcpAllocation: boolean('vip_dhcp_allocation').notNull().default(false),
    userManagedNetworking: boolean('user_managed_networking').notNull().default(false),
    additionalNtpSource: plainText('additional_ntp_source'),
    hyperthreading: text('hyperthreading').$type<HyperthreadingMode>().notNull().default('all'),
    httpProxy: sealedText('http_proxy'),
    httpsProxy: sealedText('https_proxy'),
    noProxy: plainText('no_proxy'),
    sshPublicKey: plainText('ssh_public_key'),
    pullSecretSet: boolean('pull_secret_set').notNull().default(false),
    /** Encrypted by src/db/secret-box. */
    pullSecret: bytes('pull_secret'),
    status: text('status').$type<ClusterStatus>().notNull(),
    statusInfo: plainText('status_info'),
    statusUpdatedAt: instant('status_updated_at').notNull(),
    validationsInfo: plainText('validations_info'),
    connectivityMajorityGroups: plainText('connectivity_majority_groups'),
    featureUsage: plainText('feature_usage'),
    installConfigOverrides: sealedText('install_config_overrides'),
    openshiftClusterId: plainText('openshift_cluster_id'),
    amsSubscriptionId: plainText('ams_subscription_id'),
    preparationResult: text('preparation_result').$type<'success' | 'failed'>(),
    preparationInfo: plainText('preparation_info'),
    installStartedAt: instant('install_started_at'),
    installCompletedAt: instant('install_completed_at'),
    /** Share of the installation that is done, 0 to 100. */
    installationPercentage: integer('installation_percentage').notNull().default(0),
    kubeconfigUploaded: boolean('kubeconfig_uploaded').notNull().default(false),
    logsInfo: text('logs_info').$type<LogsState>().notNull().default(''),
    controllerLogsStartedAt: instant('controller_logs_started_at'),
    controllerLogsCollectedAt: instant('controller_logs_collected_at'),
    createdAt: instant('created_at').notNull().default(now),
    updatedAt: instant('updated_at').notNull().default(now),
    activeAt: instant('active_at').notNull().default(now),
    warnedAt: instant('warned_at'),
    deletedAt: instant('deleted_at'),
  },
  (t) => [index('clusters_user_name').on(t.userName), index('clusters_org_id').on(t.orgId), index('clusters_openshift_cluster_id').on(t.openshiftClusterId)],
);

/**
 * What holds the writers of a cluster apart: whoever records a fact raises `facts_version` here first and so holds the
 * cluster's lock; the workflow's refresh takes the same lock, applies the facts log up to `applied_seq` and stores what it has seen.
 */
export const clusterVersions = pgTable(
  'cluster_versions',
  {
    clusterId: uuid('cluster_id').primaryKey(),
    factsVersion: bigint('facts_version', { mode: 'number' }).notNull().default(0),
    /** The newest version of which the workflow was told by a signal, sent or about to be; nobody tells of another before this one is applied. */
    toldVersion: bigint('told_version', { mode: 'number' }).notNull().default(0),
    appliedVersion: bigint('applied_version', { mode: 'number' }).notNull().default(0),
    appliedSeq: bigint('applied_seq', { mode: 'number' }).notNull().default(0),
    /** Raised by every transaction of the workflow that wrote something. */
    revision: bigint('revision', { mode: 'number' }).notNull().default(0),
    /** Which refresh wrote the revision; tells a retry of the same refresh from a foreign writer. */
    refreshId: plainText('refresh_id'),
    /** When the oldest fact that the workflow has not seen was recorded; null when it has seen all. */
    laggingSince: instant('lagging_since'),
  },
  (t) => [index('cluster_versions_lagging').on(t.laggingSince)],
);

export const monitoredOperators = pgTable(
  'monitored_operators',
  {
    clusterId: uuid('cluster_id').notNull(),
    name: text('name').notNull(),
    operatorType: text('operator_type').$type<MonitoredOperator['operatorType']>().notNull(),
    namespace: plainText('namespace'),
    subscriptionName: plainText('subscription_name'),
    properties: plainText('properties'),
    timeoutSeconds: integer('timeout_seconds').notNull(),
    status: text('status').$type<'failed' | 'progressing' | 'available'>(),
    statusInfo: plainText('status_info'),
    statusUpdatedAt: instant('status_updated_at'),
  },
  (t) => [primaryKey({ columns: [t.clusterId, t.name] })],
);
