interface MetricDefinition {
  type: 'counter' | 'histogram' | 'gauge';
  help: string;
  labels: readonly string[];
  /** Upper bounds; histograms only. */
  buckets?: readonly number[];
}

const seconds = [1, 5, 10, 30, 60, 120, 300, 600, 900, 1_200, 1_800] as const;
const cluster = ['ver', 'cid', 'ed'] as const;
const ofHost = ['role', 'result', ...cluster] as const;

/**
 * The metrics that dashboards of this kind of service know, without their prefix `service_assisted_installer_`. `ver` is the OpenShift
 * version, `cid` the cluster's id, `ed` the domain of its owner's mail address.
 */
export const serviceMetrics = {
  cluster_creations: { type: 'counter', help: 'Clusters registered.', labels: cluster },
  cluster_installation_started: { type: 'counter', help: 'Installations that began to write to disks.', labels: [...cluster, 'userManagedNetworking'] },
  cluster_installation_seconds: { type: 'histogram', help: 'Time from the request to install to the end of the installation.', labels: ['result', ...cluster], buckets: seconds },
  operation_duration_miliseconds: {
    type: 'histogram', help: 'Time of an operation: ClusterMonitoring (evaluating a cluster), HostMonitoring (a look for silent hosts), OCM-<call>.', labels: ['operation'],
    buckets: [100, 200, 300, 400, 500, 600, 700, 800, 900, 1_000, 1_200, 1_400, 1_600, 1_800, 2_000, 2_400, 2_800, 3_200, 3_600, 4_000, 5_000],
  },
  host_installation_phase_seconds: {
    type: 'histogram', help: 'Time a host spent in a stage of its installation.', labels: ['phase', 'result', ...cluster, 'discoveryAgentVersion', 'vendor', 'product', 'diskType'], buckets: seconds,
  },
  cluster_hosts: { type: 'counter', help: 'Hosts whose installation ended.', labels: [...ofHost, 'vendor', 'product', 'diskType'] },
  cluster_host_cores: { type: 'histogram', help: 'CPUs of hosts whose installation ended.', labels: ofHost, buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512] },
  cluster_host_ram_gb: { type: 'histogram', help: 'Memory in GiB of hosts whose installation ended.', labels: ofHost, buckets: [8, 16, 32, 64, 128, 256, 512, 1_024, 2_048] },
  cluster_host_disk_gb: { type: 'histogram', help: 'Size in GB of each disk of hosts whose installation ended.', labels: ['diskType', ...ofHost], buckets: [250, 500, 1_000, 2_000, 4_000, 8_000, 16_000] },
  cluster_host_nic_gb: { type: 'histogram', help: 'Speed in Gbit/s of each network interface of hosts whose installation ended.', labels: ofHost, buckets: [1, 10, 20, 40, 100] },
  cluster_host_disk_sync_duration_ms: { type: 'histogram', help: 'Measured time of a synchronous write to an installation disk.', labels: ['diskPathLabel', 'cid', 'hostId'], buckets: [1, 5, 10, 15, 20] },
  cluster_host_image_pull_status: {
    type: 'histogram', help: 'Rate in MB/s at which a host pulled an image.', labels: ['result', 'imageName', 'cid', 'hostId'], buckets: [0.1, 0.5, 1, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50],
  },
  host_validation_is_in_failed_status_on_cluster_deletion: { type: 'counter', help: 'Host validations that failed when their cluster was deregistered.', labels: ['ver', 'ed', 'hostValidationType'] },
  host_validation_failed_after_success_before_installation: { type: 'counter', help: 'Host validations that failed after they had succeeded, before an installation.', labels: ['ver', 'ed', 'hostValidationType'] },
  cluster_validation_is_in_failed_status_on_cluster_deletion: { type: 'counter', help: 'Cluster validations that failed when the cluster was deregistered.', labels: ['ver', 'ed', 'clusterValidationType'] },
  cluster_validation_failed_after_success_before_installation: { type: 'counter', help: 'Cluster validations that failed after they had succeeded, before an installation.', labels: ['ver', 'ed', 'clusterValidationType'] },
  filesystem_usage_percentage: { type: 'gauge', help: 'Used part of the file system that holds temporary files.', labels: [] },
  monitored_hosts: { type: 'gauge', help: 'Hosts of live clusters.', labels: ['hosts'] },
  monitored_clusters: { type: 'gauge', help: 'Live clusters.', labels: ['hosts'] },
} as const satisfies Record<string, MetricDefinition>;

type Table = typeof serviceMetrics;
export type ServiceMetric = keyof Table;
export type LabelsOf<M extends ServiceMetric> = Record<Table[M]['labels'][number], string>;
