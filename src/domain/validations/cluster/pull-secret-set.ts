import { failure, success, type ClusterValidation } from '../validation';

export const pullSecretSet: ClusterValidation = {
  id: 'pull-secret-set',
  category: 'configuration',
  evaluate: ({ cluster }) => (cluster.pullSecretSet ? success('The pull secret is set') : failure('The pull secret is not set')),
};
