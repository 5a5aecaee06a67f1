import { findHostPrefixProblem } from '../../network/host-prefix';
import { failure, pending, success, type ClusterValidation } from '../validation';

export const networkPrefixValid: ClusterValidation = {
  id: 'network-prefix-valid',
  category: 'network',
  evaluate: ({ cluster, hosts }) => {
    if (cluster.clusterNetworkCidr === '') return pending('The cluster network is not set yet');
    const problem = findHostPrefixProblem(cluster.clusterNetworkCidr, cluster.clusterNetworkHostPrefix, hosts.length);
    return problem === undefined ? success(`The cluster network has room for networks of prefix ${cluster.clusterNetworkHostPrefix} for all hosts`) : failure(`The networks of the hosts can't be cut: ${problem}`);
  },
};
