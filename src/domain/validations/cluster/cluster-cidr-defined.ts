import { failure, success, type ClusterValidation } from '../validation';

export const clusterCidrDefined: ClusterValidation = {
  id: 'cluster-cidr-defined',
  category: 'network',
  evaluate: ({ cluster }) => (cluster.clusterNetworkCidr === '' ? failure('The cluster network is not set') : success(`The cluster network is ${cluster.clusterNetworkCidr}`)),
};
