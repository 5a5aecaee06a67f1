import { isOperatorSelected } from '../../hardware/selected-operators';
import { success, type ClusterValidation } from '../validation';

export const lsoRequirementsSatisfied: ClusterValidation = {
  id: 'lso-requirements-satisfied',
  category: 'operators',
  evaluate: ({ snapshot }) => success(isOperatorSelected(snapshot, 'lso') ? 'Local Storage asks nothing of a cluster' : 'Local Storage is not selected'),
};
