import { failure, success, type ClusterValidation } from '../validation';

export const serviceCidrDefined: ClusterValidation = {
  id: 'service-cidr-defined',
  category: 'network',
  evaluate: ({ cluster }) => (cluster.serviceNetworkCidr === '' ? failure('The service network is not set') : success(`The service network is ${cluster.serviceNetworkCidr}`)),
};
