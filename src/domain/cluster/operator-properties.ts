import { olmOperatorNames } from './operators';

/** A setting that a user may give an operator. */
export interface OperatorProperty {
  name: string;
  dataType: 'boolean' | 'string' | 'integer' | 'float';
  mandatory: boolean;
  description: string;
  options: string[];
  defaultValue: string;
}

/** Settings of an operator that users can ask for; undefined for a name that is not offered. None of those offered has any. */
export function findOperatorProperties(name: string): OperatorProperty[] | undefined {
  return olmOperatorNames.includes(name) ? [] : undefined;
}
