import { effectiveHostname } from '../../domain/host/effective-hostname';
import { stagesOf } from '../../domain/host/stages';
import type { HostView } from '../../services/clusters/cluster-view';
import type { WireHost } from '../schemas/host';
import { formatTime, hostHref, omitEmpty, unsetTime } from './wire-values';

/**
 * How much of a host's stored form an answer improves on: `full` shows stages, the effective name and no free addresses,
 * `named` stages and name, `stored` nothing. Which operation uses which is part of the API's behaviour.
 */
export type HostStyle = 'full' | 'named' | 'stored';

export function presentHost({ host, reported, updatedAt, deletedAt }: HostView, userName: string, style: HostStyle): WireHost {
  const improved = style !== 'stored';
  return {
    kind: host.kind,
    id: host.id,
    href: hostHref(host.clusterId, host.id),
    cluster_id: host.clusterId,
    status: host.status,
    status_info: host.statusInfo,
    status_updated_at: formatTime(host.statusUpdatedAt),
    // Before the first report there is no stage that the contract has a name for.
    ...(host.stage !== '' && {
      progress: {
        current_stage: host.stage,
        ...omitEmpty({ progress_info: host.stageInfo }),
        stage_started_at: formatTime(host.stageStartedAt),
        stage_updated_at: formatTime(host.stageUpdatedAt),
      },
    }),
    stage_started_at: unsetTime,
    stage_updated_at: unsetTime,
    progress_stages: improved ? [...stagesOf(host)] : [],
    role: host.role,
    logs_collected_at: formatTime(host.logsCollectedAt),
    logs_started_at: formatTime(host.logsStartedAt),
    created_at: formatTime(host.createdAt),
    updated_at: formatTime(updatedAt),
    checked_in_at: formatTime(host.checkedInAt),
    ...omitEmpty({
      validations_info: host.validationsInfo,
      logs_info: host.logsInfo,
      connectivity: reported.connectivity,
      api_vip_connectivity: reported.apiVipConnectivity,
      inventory: reported.inventory,
      free_addresses: style === 'full' ? '' : reported.freeAddresses,
      ntp_sources: reported.ntpSources,
      disks_info: reported.disksInfo,
      images_status: reported.imagesStatus,
      bootstrap: host.bootstrap,
      installer_version: host.installerVersion,
      installation_disk_path: host.installationDiskPath,
      installation_disk_id: host.installationDiskId,
      discovery_agent_version: host.discoveryAgentVersion,
      requested_hostname: improved ? effectiveHostname(host) : host.requestedHostname,
      user_name: userName,
      deleted_at: deletedAt?.toISOString(),
      ignition_config_overrides: host.ignitionConfigOverrides,
      installer_args: host.installerArgs,
      machine_config_pool_name: host.machineConfigPoolName,
    }),
  };
}
