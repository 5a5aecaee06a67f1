import { stringify } from 'yaml';
import type { ClusterSnapshot, MonitoredOperator } from '../../domain/cluster/model';
import type { Manifest } from '../artefact-generator';
import { minorRelease } from '../openshift-version';

interface Package {
  /** Name of the package in its catalogue. */
  name: string;
  channel: (openshiftVersion: string) => string;
  source: string;
  /** Monitoring of the cluster takes in what the operator measures. */
  monitored: boolean;
}

/** Namespaces of the community edition of cnv are not those of the vendor's. */
const vendorNamespace = /^openshift-/;

function findPackage({ name, namespace }: MonitoredOperator): Package | undefined {
  switch (name) {
    case 'lso':
      return { name: 'local-storage-operator', channel: minorRelease, source: 'redhat-operators', monitored: false };
    case 'ocs':
      return { name: 'ocs-operator', channel: (version) => `stable-${minorRelease(version)}`, source: 'redhat-operators', monitored: true };
    case 'cnv':
      return vendorNamespace.test(namespace)
        ? { name: 'kubevirt-hyperconverged', channel: () => 'stable', source: 'redhat-operators', monitored: true }
        : { name: 'community-kubevirt-hyperconverged', channel: () => 'stable', source: 'community-operators', monitored: true };
    default:
      return undefined;
  }
}

/** What makes the new cluster install the operators its user chose: for each a namespace, the group of it, and the subscription to its package. */
export function renderOperatorSubscriptions({ cluster, operators }: ClusterSnapshot): Manifest[] {
  return operators.filter((operator) => operator.operatorType === 'olm').flatMap((operator) => {
    const found = findPackage(operator);
    return found ? renderOperator(operator, found, cluster.openshiftVersion) : [];
  });
}

function renderOperator({ name, namespace, subscriptionName }: MonitoredOperator, found: Package, openshiftVersion: string): Manifest[] {
  const manifest = (part: string, fields: object): Manifest => ({ path: `openshift/50_openshift-${name}_${part}.yaml`, content: stringify(fields) });
  return [
    manifest('ns', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespace, ...(found.monitored ? { labels: { 'openshift.io/cluster-monitoring': 'true' } } : {}) },
    }),
    manifest('operator_group', {
      apiVersion: 'operators.coreos.com/v1',
      kind: 'OperatorGroup',
      metadata: { name: `${subscriptionName}-group`, namespace },
      spec: { targetNamespaces: [namespace] },
    }),
    manifest('subscription', {
      apiVersion: 'operators.coreos.com/v1alpha1',
      kind: 'Subscription',
      metadata: { name: subscriptionName, namespace },
      spec: { name: found.name, channel: found.channel(openshiftVersion), installPlanApproval: 'Automatic', source: found.source, sourceNamespace: 'openshift-marketplace' },
    }),
  ];
}
