import { hostNetworks } from '../../domain/network/host-networks';
import type { ClusterView } from '../../services/clusters/cluster-view';
import type { WireCluster } from '../schemas/cluster';
import { presentHost, type HostStyle } from './host';
import { presentImageInfo } from './image-info';
import { presentOperator } from './monitored-operator';
import { beforeFirstInstallation, clusterHref, formatTime, omitEmpty } from './wire-values';

/** As for hosts; `full` also shows which hosts are in which network. */
export function presentCluster(view: ClusterView, style: HostStyle): WireCluster {
  const { cluster, infraEnv, counts } = view;
  return {
    kind: cluster.kind,
    id: cluster.id,
    href: clusterHref(cluster.id),
    image_info: presentImageInfo(infraEnv, view.imageUrl),
    status: cluster.status,
    status_info: cluster.statusInfo,
    status_updated_at: formatTime(cluster.statusUpdatedAt),
    created_at: formatTime(cluster.createdAt),
    updated_at: formatTime(view.updatedAt),
    install_started_at: formatTime(cluster.installStartedAt, beforeFirstInstallation),
    install_completed_at: formatTime(cluster.installCompletedAt, beforeFirstInstallation),
    controller_logs_started_at: formatTime(cluster.controllerLogsStartedAt),
    controller_logs_collected_at: formatTime(cluster.controllerLogsCollectedAt),
    vip_dhcp_allocation: cluster.vipDhcpAllocation,
    user_managed_networking: cluster.userManagedNetworking,
    hyperthreading: cluster.hyperthreading,
    hosts: view.hosts.map((host) => presentHost(host, cluster.userName, style)),
    host_networks: style === 'full' ? presentNetworks(view) : [],
    monitored_operators: view.operators.map((operator) => presentOperator(cluster.id, operator)),
    ...omitEmpty({
      high_availability_mode: cluster.highAvailabilityMode,
      name: cluster.name,
      user_name: cluster.userName,
      org_id: cluster.orgId,
      email_domain: cluster.emailDomain,
      openshift_version: cluster.openshiftVersion,
      ocp_release_image: cluster.ocpReleaseImage,
      openshift_cluster_id: cluster.openshiftClusterId,
      base_dns_domain: cluster.baseDnsDomain,
      cluster_network_cidr: cluster.clusterNetworkCidr,
      cluster_network_host_prefix: cluster.clusterNetworkHostPrefix,
      service_network_cidr: cluster.serviceNetworkCidr,
      machine_network_cidr: cluster.machineNetworkCidr,
      api_vip: cluster.apiVip,
      api_vip_dns_name: cluster.apiVipDnsName,
      ingress_vip: cluster.ingressVip,
      ssh_public_key: cluster.sshPublicKey,
      http_proxy: cluster.httpProxy,
      https_proxy: cluster.httpsProxy,
      no_proxy: cluster.noProxy,
      ready_host_count: counts.ready,
      enabled_host_count: counts.enabled,
      total_host_count: counts.total,
      pull_secret_set: cluster.pullSecretSet,
      validations_info: cluster.validationsInfo,
      logs_info: cluster.logsInfo,
      install_config_overrides: cluster.installConfigOverrides,
      ignition_config_overrides: infraEnv.ignitionConfigOverrides,
      connectivity_majority_groups: cluster.connectivityMajorityGroups,
      deleted_at: view.deletedAt?.toISOString(),
      additional_ntp_source: cluster.additionalNtpSource,
      ams_subscription_id: cluster.amsSubscriptionId,
      feature_usage: cluster.featureUsage,
    }),
  };
}

const presentNetworks = (view: ClusterView) =>
  hostNetworks(view.hosts.map(({ host }) => host)).map(({ cidr, hostIds }) => ({ cidr, host_ids: hostIds }));
