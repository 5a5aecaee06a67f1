import { failure, success, type HostValidation } from '../validation';

export const machineCidrDefined: HostValidation = {
  id: 'machine-cidr-defined',
  category: 'network',
  evaluate: ({ cluster, isDay2, isUserManaged }) => {
    if (isDay2 || isUserManaged) return success('No machine network needs to be set');
    return cluster.machineNetworkCidr === '' ? failure('The machine network of the cluster is not known') : success(`The machine network is ${cluster.machineNetworkCidr}`);
  },
};
