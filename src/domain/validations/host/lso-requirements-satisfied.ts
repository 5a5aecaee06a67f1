import { isOperatorSelected } from '../../hardware/selected-operators';
import { success, type HostValidation } from '../validation';

export const lsoRequirementsSatisfied: HostValidation = {
  id: 'lso-requirements-satisfied',
  category: 'operators',
  evaluate: ({ snapshot }) => success(isOperatorSelected(snapshot, 'lso') ? 'Local Storage asks nothing of a host' : 'Local Storage is not selected'),
};
