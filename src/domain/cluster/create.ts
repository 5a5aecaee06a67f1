import { draftEvent } from '../events/draft-event';
import type { DomainSettings } from '../settings';
import type { Change } from './evaluation';
import { describeFeatureUsage } from './feature-usage';
import type { RegisterIntent } from './intents';
import type { Cluster, ClusterSnapshot, InfraEnv } from './model';
import { builtinOperators, olmOperators } from './operators';

function createCluster({ operation: _operation, olmOperators: _olmOperators, ...fields }: RegisterIntent, id: string, pullSecretSet: boolean, now: Date): Cluster {
  return {
    ...fields,
    id, kind: 'Cluster', pullSecretSet,
    machineNetworkCidr: '', machineNetworkCidrUpdatedAt: null, apiVip: '', apiVipLease: '', ingressVipLease: '', apiVipDnsName: '',
    status: 'insufficient', statusInfo: 'Cluster is not ready for installation', statusUpdatedAt: now,
    validationsInfo: '', connectivityMajorityGroups: '', featureUsage: '', installConfigOverrides: '', openshiftClusterId: '', amsSubscriptionId: '',
    preparationResult: null, preparationInfo: '', installStartedAt: null, installCompletedAt: null, kubeconfigUploaded: false,
    logsInfo: '', controllerLogsStartedAt: null, controllerLogsCollectedAt: null, createdAt: now, activeAt: now, warnedAt: null,
  };
}

/** Discovery settings of a new cluster, before anybody asked for an image. */
export function createInfraEnv(id: string): InfraEnv {
  return {
    id, clusterId: id, sshAuthorizedKey: '', imageType: 'full-iso', staticNetworkConfig: '', ignitionConfigOverrides: '',
    imageGenerated: false, imageHash: '', imageSizeBytes: 0, imageCreatedAt: null, imageExpiresAt: null,
  };
}

/** A newly registered cluster without hosts; its infra-env has the cluster's id. */
export function createClusterSnapshot(intent: RegisterIntent, { clusterId }: { clusterId: string }, pullSecretSet: boolean, now: Date, settings: DomainSettings): Change {
  const created: ClusterSnapshot = {
    cluster: createCluster(intent, clusterId, pullSecretSet, now),
    infraEnv: createInfraEnv(clusterId),
    hosts: [],
    operators: [...builtinOperators(settings), ...olmOperators(intent.olmOperators, settings)],
  };
  const snapshot = { ...created, cluster: { ...created.cluster, featureUsage: describeFeatureUsage(created) } };
  return { snapshot, events: [draftEvent('cluster_registered', { name: intent.name, id: clusterId }, { clusterId, cause: 'register', at: now })] };
}
