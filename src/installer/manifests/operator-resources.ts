import { stringify } from 'yaml';
import { enabledHosts } from '../../domain/cluster/enabled-hosts';
import type { ClusterSnapshot, MonitoredOperator } from '../../domain/cluster/model';
import { isLargeEnoughForOcs, isOcsCompact, ocsExtraDisks } from '../../domain/hardware/ocs-requirements';
import type { DomainSettings } from '../../domain/settings';

const storageClass = 'localblock-sc';
const masterLabel = 'node-role.kubernetes.io/master';
const workerLabel = 'node-role.kubernetes.io/worker';
/** Container Storage keeps each block of data on so many hosts. */
const replicas = 3;

/**
 * custom_manifests.yaml: what the operators of a cluster are told to do, in one document each. The controller applies it once their own kinds
 * are known to the new cluster. Undefined without such operators.
 */
export function renderOperatorResources(snapshot: ClusterSnapshot, settings: DomainSettings): string | undefined {
  const resources = snapshot.operators.filter((operator) => operator.operatorType === 'olm').flatMap((operator) => {
    switch (operator.name) {
      case 'lso':
        return [localVolumeSet(operator, snapshot)];
      case 'ocs':
        return [storageCluster(operator, snapshot, settings)];
      case 'cnv':
        return [hyperConverged(operator)];
      default:
        return [];
    }
  });
  return resources.length === 0 ? undefined : resources.map((resource) => `---\n${stringify(resource, { lineWidth: 0 })}`).join('');
}

/** Makes volumes of all disks that the installation left free and that can store data. */
function localVolumeSet({ namespace }: MonitoredOperator, snapshot: ClusterSnapshot) {
  const onMasters = !enabledHosts(snapshot).some((host) => host.role === 'worker');
  return {
    apiVersion: 'local.storage.openshift.io/v1alpha1',
    kind: 'LocalVolumeSet',
    metadata: { name: 'local-disks', namespace },
    spec: {
      storageClassName: storageClass,
      volumeMode: 'Block',
      nodeSelector: { nodeSelectorTerms: [{ matchExpressions: [{ key: onMasters ? masterLabel : workerLabel, operator: 'Exists' }] }] },
      tolerations: [{ key: masterLabel, operator: 'Exists', effect: 'NoSchedule' }],
      deviceInclusionSpec: { deviceTypes: ['disk'], minSize: '23Gi' },
    },
  };
}

function storageCluster({ namespace }: MonitoredOperator, snapshot: ClusterSnapshot, settings: DomainSettings) {
  const hosts = enabledHosts(snapshot).filter((host) => isOcsCompact(snapshot) || host.role === 'worker');
  const disks = hosts.reduce((sum, host) => sum + ocsExtraDisks(snapshot, host, settings).filter(isLargeEnoughForOcs).length, 0);
  return {
    apiVersion: 'ocs.openshift.io/v1',
    kind: 'StorageCluster',
    metadata: { name: 'ocs-storagecluster', namespace },
    spec: {
      manageNodes: true,
      monDataDirHostPath: '/var/lib/rook',
      labelSelector: { matchExpressions: [{ key: isOcsCompact(snapshot) ? masterLabel : workerLabel, operator: 'Exists' }] },
      storageDeviceSets: [{
        name: 'ocs-deviceset',
        count: Math.max(1, Math.floor(disks / replicas)),
        replica: replicas,
        portable: false,
        dataPVCTemplate: {
          spec: { accessModes: ['ReadWriteOnce'], volumeMode: 'Block', storageClassName: storageClass, resources: { requests: { storage: '1' } } },
        },
      }],
    },
  };
}

function hyperConverged({ namespace }: MonitoredOperator) {
  return { apiVersion: 'hco.kubevirt.io/v1beta1', kind: 'HyperConverged', metadata: { name: 'kubevirt-hyperconverged', namespace }, spec: {} };
}
