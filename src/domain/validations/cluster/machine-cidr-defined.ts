import { failure, success, type ClusterValidation } from '../validation';

export const machineCidrDefined: ClusterValidation = {
  id: 'machine-cidr-defined',
  category: 'network',
  evaluate: ({ cluster, isUserManaged, isSingleNode }) => {
    if (isUserManaged && !isSingleNode) return success('No machine network needs to be set: the user manages the network');
    return cluster.machineNetworkCidr === '' ? failure('The machine network is not set') : success(`The machine network is ${cluster.machineNetworkCidr}`);
  },
};
