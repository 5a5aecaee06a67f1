import { findCidrOverlaps } from '../../network/cidr-overlaps';
import { failure, pending, success, type ClusterValidation } from '../validation';

export const noCidrsOverlapping: ClusterValidation = {
  id: 'no-cidrs-overlapping',
  category: 'network',
  evaluate: ({ cluster, isUserManaged, isSingleNode }) => {
    const missing = [
      ...(cluster.machineNetworkCidr === '' && (!isUserManaged || isSingleNode) ? ['machine'] : []),
      ...(cluster.clusterNetworkCidr === '' ? ['cluster'] : []),
      ...(cluster.serviceNetworkCidr === '' ? ['service'] : []),
    ];
    if (missing.length > 0) return pending(`Networks that are not set yet: ${missing.join(', ')}`);
    const overlaps = findCidrOverlaps(cluster, !isUserManaged);
    return overlaps.length === 0 ? success('The networks do not overlap') : failure(`The ${overlaps.join('; the ')}`);
  },
};
