import type { ClusterSnapshot } from '../cluster/model';

/** True when the user asked for the operator, or for one that depends on it. */
export function isOperatorSelected(snapshot: ClusterSnapshot, name: 'cnv' | 'lso' | 'ocs'): boolean {
  return snapshot.operators.some((operator) => operator.operatorType === 'olm' && operator.name === name);
}
