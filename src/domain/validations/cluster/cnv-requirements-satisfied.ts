import { isOperatorSelected } from '../../hardware/selected-operators';
import { success, type ClusterValidation } from '../validation';

export const cnvRequirementsSatisfied: ClusterValidation = {
  id: 'cnv-requirements-satisfied',
  category: 'operators',
  evaluate: ({ snapshot }) => success(isOperatorSelected(snapshot, 'cnv') ? 'Virtualization is checked host by host' : 'Virtualization is not selected'),
};
