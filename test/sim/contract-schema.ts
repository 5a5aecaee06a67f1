import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import schemas from './contract-schemas.json';

export type DefinitionName = keyof typeof schemas.definitions;

const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, allowUnionTypes: true });
addFormats(ajv);
ajv.addSchema(schemas);

const validators = new Map<DefinitionName, ValidateFunction>();

/** What is wrong with a value by the contract's definition of that name; empty when nothing is. */
export function findViolations(name: DefinitionName, value: unknown): string[] {
  const validate = validators.get(name) ?? ajv.compile({ $ref: `${schemas.$id}#/definitions/${name}` });
  validators.set(name, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => `${name}${error.instancePath}: ${error.message ?? ''} ${JSON.stringify(error.params)}`);
}
