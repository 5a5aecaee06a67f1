import type { ClusterUpdateInput } from '../../services/clusters/update-cluster';
import { Invalid } from '../../services/errors';
import type { ClusterUpdateParams } from '../schemas/cluster-update-params';

type Given<T> = { [K in keyof T]?: NonNullable<T[K]> };

/** Null means the same as absent: nothing changes. */
function given<T extends object>(values: T): Given<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null)) as Given<T>;
}

function need<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Invalid(`${what} is missing.`);
  return value;
}

export const toClusterUpdate = (params: ClusterUpdateParams): ClusterUpdateInput =>
  given({
    name: params.name,
    baseDnsDomain: params.base_dns_domain,
    clusterNetworkCidr: params.cluster_network_cidr,
    clusterNetworkHostPrefix: params.cluster_network_host_prefix,
    serviceNetworkCidr: params.service_network_cidr,
    apiVip: params.api_vip,
    ingressVip: params.ingress_vip,
    apiVipDnsName: params.api_vip_dns_name,
    machineNetworkCidr: params.machine_network_cidr,
    pullSecret: params.pull_secret,
    sshPublicKey: params.ssh_public_key,
    vipDhcpAllocation: params.vip_dhcp_allocation,
    httpProxy: params.http_proxy,
    httpsProxy: params.https_proxy,
    noProxy: params.no_proxy,
    userManagedNetworking: params.user_managed_networking,
    additionalNtpSource: params.additional_ntp_source,
    hyperthreading: params.hyperthreading,
    olmOperators: params.olm_operators?.map(({ name, properties }) => ({ name: need(name, 'The name of an operator'), properties: properties ?? '' })),
    hostsRoles: params.hosts_roles?.map(({ id, role }) => ({ id: hostId(id), role: need(role, 'The role of a host') })),
    hostsNames: params.hosts_names?.map(({ id, hostname }) => ({ id: hostId(id), hostname: hostname ?? '' })),
    disksSelected: params.disks_selected_config?.map(({ id, disks_config }) => ({
      id: hostId(id),
      disks: (disks_config ?? []).map((disk) => ({ id: disk.id, role: disk.role ?? 'none' })),
    })),
    hostsMachineConfigPoolNames: params.hosts_machine_config_pool_names?.map(({ id, machine_config_pool_name }) => ({
      id: hostId(id),
      name: machine_config_pool_name ?? '',
    })),
  });

const hostId = (id: string | undefined): string => need(id, 'The id of a host').toLowerCase();
