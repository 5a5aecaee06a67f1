import type { HostStage } from '../host/stage';
import type { HostStatus } from '../host/status';
import type { EventCategory, EventSeverity } from './draft';

interface CatalogEntry<P> {
  severity: EventSeverity | ((params: P) => EventSeverity);
  category: EventCategory;
  message: (params: P) => string;
}

function entry<P>(severity: CatalogEntry<P>['severity'], message: (params: P) => string, category: EventCategory = 'user'): CatalogEntry<P> {
  return { severity, category, message };
}

function metricsEntry<P>(message: CatalogEntry<P>['message']): CatalogEntry<P> {
  return entry<P>('info', message, 'metrics');
}

interface Named { name: string }
interface HostNamed { host: string }
interface StatusChange { from: string; to: string; info: string }
interface ValidationFlip { validation: string; message: string }
/** How an installation ended. */
export type InstallationResult = 'installed' | 'error' | 'canceled';
/** How a stage of a host ended. */
export type StageResult = Extract<HostStage, 'Done' | 'Failed'>;
interface HostResult { host_result: StageResult; host_role: string }
interface Failure { reason: string }
/** Why a registration was refused: the cluster takes no hosts, the host's own state forbids it, or its rows could not be stored. */
type RegistrationObstacle = 'not accepting' | 'state' | 'properties';

const withDetail = (text: string, detail: string): string => (detail === '' ? text : `${text}: ${detail}`);
const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);

function hostStatusSeverity({ to }: { to: HostStatus }): EventSeverity {
  if (to === 'error') return 'error';
  return to === 'disconnected' || to === 'insufficient' || to === 'installing-pending-user-action' ? 'warning' : 'info';
}

/**
 * Every event the service writes: severity, category and wording by name. That of a host whose approval changed is not among them: hosts
 * of the v1 API have none.
 */
export const eventCatalog = {
  cluster_restored: entry<Named & { from: string }>('warning', (p) =>
    `The database had lost what it knew of cluster "${p.name}", or had an older state of it. The cluster was restored from ${p.from}; its hosts report the rest again, its earlier events may be missing`),
  cluster_registered: entry<Named & { id: string }>('info', (p) => `Cluster "${p.name}" (${p.id}) was registered`),
  add_hosts_cluster_registered: entry<Named & { id: string }>('info', (p) => `Cluster "${p.name}" (${p.id}) was registered to have hosts added`),
  cluster_register_failed: entry<Named & Failure>('error', (p) => withDetail(`Cluster "${p.name}" could not be registered`, p.reason)),
  add_hosts_cluster_register_failed: entry<Named & Failure>('error', (p) => withDetail(`Cluster "${p.name}" could not be registered to have hosts added`, p.reason)),
  cluster_deregister_failed: entry<Named & Failure>('error', (p) => withDetail(`Cluster "${p.name}" could not be deregistered`, p.reason)),
  cluster_deregistered: entry<Named>('info', (p) => `Cluster "${p.name}" was deregistered`),
  cluster_inactive_deregistered: entry<Named & { days: number }>('info', (p) => `Cluster "${p.name}" is deregistered: nothing happened to it for ${days(p.days)}`),
  cluster_inactivity_warning: entry<Named & { days: number }>('warning', (p) => `Cluster "${p.name}" is inactive and will be deregistered in ${days(p.days)}`),
  cluster_inactivity_postponed: entry<Named & { hours: number }>(
    'warning', (p) => `Cluster "${p.name}" is inactive but its hosts still check in: deregistration is put off by ${p.hours} hours`),
  cluster_status_updated: entry<StatusChange>('info', (p) => withDetail(`Cluster status changed from ${p.from} to ${p.to}`, p.info)),
  preparing_timed_out: entry<{ after: string }>('warning', (p) => `Preparing the installation did not finish within ${p.after}`),
  cluster_validation_failed: entry<ValidationFlip>('warning', (p) => withDetail(`Cluster validation "${p.validation}" used to succeed and now fails`, p.message)),
  cluster_validation_fixed: entry<ValidationFlip>('info', (p) => `Cluster validation "${p.validation}" succeeds now`),
  dhcp_lease_timeout: entry<{ cidr: string }>('warning', (p) => `No virtual IP addresses were leased from the DHCP server of network ${p.cidr} yet`),
  vips_updated: entry<{ apiVip: string; ingressVip: string }>('info', (p) => `Virtual IP addresses leased by DHCP: API ${p.apiVip}, ingress ${p.ingressVip}`),
  install_cancelled: entry<object>('info', () => 'The installation was cancelled'),
  cancel_failed: entry<Failure>('error', (p) => withDetail('The installation could not be cancelled', p.reason)),
  reset_failed: entry<Failure>('error', (p) => withDetail('The installation could not be reset', p.reason)),
  install_reset: entry<object>('info', () => 'The installation was reset'),
  prepare_succeeded: entry<object>('info', () => 'The installation files of the cluster are ready'),
  prepare_failed: entry<{ reason: string }>('warning', (p) => `The installation files of the cluster could not be made: ${p.reason}`),
  install_finished: entry<Named>('info', (p) => `Cluster "${p.name}" is installed`),
  install_failed: entry<Named & { reason: string }>('critical', (p) => withDetail(`The installation of cluster "${p.name}" failed`, p.reason)),
  cvo_status: entry<{ status: string; info: string }>('info', (p) => withDetail(`Cluster version operator is ${p.status}`, p.info)),
  operator_status_updated: entry<{ operator: string; status: string; info: string }>('info', (p) => withDetail(`Operator ${p.operator} is ${p.status}`, p.info)),
  ingress_cert_uploaded: entry<object>('info', () => 'The kubeconfig is complete: it trusts the certificate of the cluster\'s ingress'),
  image_generated: entry<{ imageType: string; sshKey: boolean; proxy: boolean }>('info', (p) =>
    `Discovery image generated (type ${p.imageType}, ${p.sshKey ? 'with' : 'without'} SSH key, ${p.proxy ? 'with' : 'without'} proxy)`),
  image_reused: entry<{ imageType: string }>('info', (p) => `The existing discovery image (type ${p.imageType}) is used again: nothing in the request differs`),
  image_generate_failed: entry<{ reason: string }>('error', (p) => `The discovery image could not be generated: ${p.reason}`),
  image_upload_failed: entry<Failure>('error', (p) => `The discovery image could not be stored: ${p.reason}`),
  minimal_iso_failed: entry<Failure>('error', (p) => `The minimal discovery image could not be generated: ${p.reason}`),
  image_deleted_expired: entry<object>('info', () => 'The discovery image expired and was deleted'),
  image_deleted_ignition_changed: entry<object>('info', () => 'The discovery image was deleted because the discovery ignition changed'),
  image_download_started: entry<{ imageType: string }>('info', (p) => `A download of the discovery image (type ${p.imageType}) began`),
  image_download_failed: entry<{ obstacle: 'storage' | 'absent' }>('error', (p) => `The discovery image could not be downloaded: ${
    p.obstacle === 'storage' ? 'the file storage did not give it' : 'it was not generated, or it has expired'}`),
  secret_downloaded: entry<{ what: string; by: string }>('info', (p) => `${p.by} downloaded ${p.what}`),
  proxy_changed: entry<object>('info', () => 'The proxy settings changed; discovery images made earlier do not have them'),
  dns_records_created: entry<{ names: string[] }>('info', (p) => `The DNS records of the cluster were made: ${p.names.join(', ')}`),
  dns_records_removed: entry<{ names: string[] }>('info', (p) => `The DNS records of the cluster were removed: ${p.names.join(', ')}`),
  dns_records_removal_failed: entry<{ names: string[] } & Failure>('warning', (p) => `The DNS records of the cluster could not be removed (${p.names.join(', ')}): ${p.reason}. That is tried again`),
  subscription_unsubscribed_found: entry<{ ids: string[] }>('warning', (p) =>
    `The account management service has made another subscription for this cluster from its metrics (${p.ids.join(', ')}): they arrived before the cluster's OpenShift id`),
  subscription_refused: entry<{ status: number; reason: string }>('warning', (p) => `The account management service refused to update the subscription (${p.status}): ${p.reason}`),
  host_registered: entry<HostNamed & { isNew: boolean }>('info', (p) => `Host ${p.host} ${p.isNew ? 'registered' : 'registered again'}`),
  host_status_updated: entry<HostNamed & { from: HostStatus; to: HostStatus; info: string }>(
    hostStatusSeverity, (p) => withDetail(`Host ${p.host}: status changed from ${p.from} to ${p.to}`, p.info)),
  host_register_failed: entry<HostNamed & Failure & { obstacle: RegistrationObstacle }>('error', (p) => withDetail(`Host ${p.host} could not be registered`, p.reason)),
  host_deregistered: entry<HostNamed & { wasThere: boolean }>('info', (p) =>
    p.wasThere ? `Host ${p.host} was deregistered` : `Host ${p.host} was to be deregistered but is not part of the cluster`),
  host_disabled: entry<HostNamed>('info', (p) => `Host ${p.host} was disabled`),
  host_enabled: entry<HostNamed>('info', (p) => `Host ${p.host} was enabled`),
  host_disable_failed: entry<HostNamed & Failure>('error', (p) => withDetail(`Host ${p.host} could not be disabled`, p.reason)),
  host_enable_failed: entry<HostNamed & Failure>('error', (p) => withDetail(`Host ${p.host} could not be enabled`, p.reason)),
  host_refresh_failed: entry<HostNamed & Failure>('error', (p) => withDetail(`Host ${p.host} could not be evaluated`, p.reason)),
  install_config_applied: entry<object>('info', () => 'The install-config was changed by the user'),
  discovery_ignition_applied: entry<object>('info', () => 'The discovery ignition was changed by the user'),
  host_ignition_applied: entry<HostNamed>('info', (p) => `Host ${p.host}: the ignition was changed by the user`),
  host_installer_args_applied: entry<HostNamed>('info', (p) => `Host ${p.host}: the arguments of the disk installer were changed`),
  host_install_refused: entry<HostNamed & { reason: string }>('error', (p) => `Host ${p.host} is not installed: ${p.reason}`),
  host_set_bootstrap: entry<HostNamed>('info', (p) => `Host ${p.host} was chosen as the bootstrap host`),
  host_stage_reached: entry<HostNamed & { stage: HostStage; info: string }>('info', (p) => withDetail(`Host ${p.host} reached stage ${p.stage}`, p.info)),
  host_image_status: entry<HostNamed & { image: string; result: string; timeSeconds: number; sizeBytes: number; downloadRate: number }>('info', (p) =>
    `Host ${p.host}: pulling image ${p.image} ended in ${p.result} (${p.timeSeconds.toFixed(1)} s, ${p.sizeBytes} bytes, ${p.downloadRate.toFixed(2)} MB/s)`),
  host_install_cancelled: entry<HostNamed>('info', (p) => `Host ${p.host}: installation cancelled`),
  host_reset: entry<HostNamed>('info', (p) => `Host ${p.host}: installation reset`),
  host_install_cancel_failed: entry<HostNamed & Failure>('error', (p) => withDetail(`Host ${p.host}: the installation could not be cancelled`, p.reason)),
  host_reset_failed: entry<HostNamed & Failure>('error', (p) => withDetail(`Host ${p.host}: the installation could not be reset`, p.reason)),
  host_reset_fetch_failed: entry<HostNamed>('error', (p) => `Host ${p.host} was to be reset but is not part of the cluster`),
  host_reset_needs_user_failed: entry<HostNamed & { status: HostStatus }>('error', (p) => `Host ${p.host} would have to be reset by its user, but cannot be while it is in status ${p.status}`),
  host_reset_needs_user: entry<HostNamed>('info', (p) => `Host ${p.host} cannot be reset from afar: boot it from the discovery image`),
  host_validation_failed: entry<HostNamed & ValidationFlip>('warning', (p) => withDetail(`Host ${p.host}: validation "${p.validation}" used to succeed and now fails`, p.message)),
  host_validation_fixed: entry<HostNamed & ValidationFlip>('info', (p) => `Host ${p.host}: validation "${p.validation}" succeeds now`),
  host_disk_formatted: entry<HostNamed & { disk: string }>('info', (p) => `Host ${p.host}: the boot sector of disk ${p.disk} is being erased for the installation`),
  host_disk_slow: entry<HostNamed & { path: string; speedMs: number; thresholdMs: number }>('warning', (p) =>
    `Host ${p.host}: disk ${p.path} is slower than advised (sync takes ${p.speedMs} ms, advised are at most ${p.thresholdMs} ms)`),
  'cluster.installation.results': metricsEntry<{ duration: number; result: InstallationResult }>(() => 'cluster.installation.results'),
  'host.stage.duration': metricsEntry<{ duration: number; host_stage: string; vendor: string; product: string; disk_type: string; host_role: string; result: StageResult }>(() => 'host.stage.duration'),
  'host.mem.cpu': metricsEntry<HostResult & { mem_bytes: number; core_count: number }>(() => 'host.mem.cpu'),
  'disk.size.type': metricsEntry<HostResult & { disk_type: string; disk_size: number }>(() => 'disk.size.type'),
  'nic.speed': metricsEntry<HostResult & { nic_speed: number }>(() => 'nic.speed'),
};

type Catalog = typeof eventCatalog;
export type EventName = keyof Catalog;
export type EventParams<N extends EventName> = Parameters<Catalog[N]['message']>[0];
