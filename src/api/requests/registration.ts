import type { Registration } from '../../services/clusters/register-cluster';
import type { ClusterCreateParams } from '../schemas/cluster-create-params';

export const toRegistration = (params: ClusterCreateParams): Registration => ({
  pullSecret: params.pull_secret,
  body: {
    name: params.name,
    openshiftVersion: params.openshift_version,
    ocpReleaseImage: params.ocp_release_image,
    highAvailabilityMode: params.high_availability_mode,
    baseDnsDomain: params.base_dns_domain,
    clusterNetworkCidr: params.cluster_network_cidr,
    clusterNetworkHostPrefix: params.cluster_network_host_prefix,
    serviceNetworkCidr: params.service_network_cidr,
    ingressVip: params.ingress_vip,
    sshPublicKey: params.ssh_public_key,
    vipDhcpAllocation: params.vip_dhcp_allocation,
    httpProxy: params.http_proxy,
    httpsProxy: params.https_proxy,
    noProxy: params.no_proxy,
    userManagedNetworking: params.user_managed_networking,
    additionalNtpSource: params.additional_ntp_source,
    olmOperators: params.olm_operators,
    hyperthreading: params.hyperthreading,
  },
});
