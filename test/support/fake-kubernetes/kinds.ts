/** A kind of object that the API serves. */
export interface Kind {
  /** `v1`, or group and version. */
  apiVersion: string;
  kind: string;
  /** Its name in paths. */
  plural: string;
  namespaced: boolean;
}

const kind = (apiVersion: string, name: string, plural: string, namespaced: boolean): Kind => ({ apiVersion, kind: name, plural, namespaced });

/** The kinds a new cluster knows before operators bring their own. */
export const bornKinds: readonly Kind[] = [
  kind('v1', 'Node', 'nodes', false),
  kind('v1', 'Namespace', 'namespaces', false),
  kind('v1', 'ConfigMap', 'configmaps', true),
  kind('v1', 'Pod', 'pods', true),
  kind('v1', 'Service', 'services', true),
  kind('v1', 'Event', 'events', true),
  kind('certificates.k8s.io/v1', 'CertificateSigningRequest', 'certificatesigningrequests', false),
  kind('config.openshift.io/v1', 'ClusterOperator', 'clusteroperators', false),
  kind('config.openshift.io/v1', 'ClusterVersion', 'clusterversions', false),
  kind('config.openshift.io/v1', 'Network', 'networks', false),
  kind('metal3.io/v1alpha1', 'BareMetalHost', 'baremetalhosts', true),
  kind('operator.openshift.io/v1', 'Etcd', 'etcds', false),
  kind('operators.coreos.com/v1alpha1', 'Subscription', 'subscriptions', true),
  kind('operators.coreos.com/v1alpha1', 'ClusterServiceVersion', 'clusterserviceversions', true),
];
