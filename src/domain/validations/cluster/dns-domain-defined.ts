import { failure, success, type ClusterValidation } from '../validation';

export const dnsDomainDefined: ClusterValidation = {
  id: 'dns-domain-defined',
  category: 'network',
  evaluate: ({ cluster }) => (cluster.baseDnsDomain === '' ? failure('The base domain is not set') : success(`The base domain is ${cluster.baseDnsDomain}`)),
};
