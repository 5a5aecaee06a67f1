import { draftEvent } from '../events/draft-event';
import { createInfraEnv } from './create';
import type { Change } from './evaluation';
import type { RegisterAddHostsIntent } from './intents';
import type { ClusterSnapshot } from './model';

/** A cluster that runs already and only takes hosts: it has no networks, no operators and no pull secret of its own. */
export function createAddHostsSnapshot({ operation: _operation, ...fields }: RegisterAddHostsIntent, clusterId: string, now: Date): Change {
  const snapshot: ClusterSnapshot = {
    cluster: {
      ...fields,
      id: clusterId, kind: 'AddHostsCluster', ocpReleaseImage: '', highAvailabilityMode: null, baseDnsDomain: '',
      clusterNetworkCidr: '', clusterNetworkHostPrefix: 0, serviceNetworkCidr: '', machineNetworkCidr: '', machineNetworkCidrUpdatedAt: null,
      apiVip: '', ingressVip: '', apiVipLease: '', ingressVipLease: '', vipDhcpAllocation: false, userManagedNetworking: false,
      additionalNtpSource: '', hyperthreading: 'all', httpProxy: '', httpsProxy: '', noProxy: '', sshPublicKey: '', pullSecretSet: false,
      status: 'adding-hosts', statusInfo: 'Hosts can be added to the existing OpenShift cluster', statusUpdatedAt: now,
      validationsInfo: '', connectivityMajorityGroups: '', featureUsage: '', installConfigOverrides: '', openshiftClusterId: '', amsSubscriptionId: '',
      preparationResult: null, preparationInfo: '', installStartedAt: null, installCompletedAt: null, kubeconfigUploaded: false,
      logsInfo: '', controllerLogsStartedAt: null, controllerLogsCollectedAt: null, createdAt: now, activeAt: now, warnedAt: null,
    },
    infraEnv: createInfraEnv(clusterId),
    hosts: [],
    operators: [],
  };
  return { snapshot, events: [draftEvent('add_hosts_cluster_registered', { name: fields.name, id: clusterId }, { clusterId, cause: 'register', at: now })] };
}
