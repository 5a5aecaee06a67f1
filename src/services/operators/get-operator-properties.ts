import { findOperatorProperties, type OperatorProperty } from '../../domain/cluster/operator-properties';
import { NotFound } from '../errors';

/** Settings of an operator that users can ask for. Throws NotFound. */
export function getOperatorProperties(name: string): OperatorProperty[] {
  const properties = findOperatorProperties(name);
  if (!properties) throw new NotFound(`Operator "${name}" is not supported.`);
  return properties;
}
