import type { IgnitionConfig } from './ignition-config';
import { IgnitionError } from './ignition-error';
import { validateIgnition } from './validate-ignition';

/** Reads a user's configuration (JSON, specification 3.1 or 3.2). Throws IgnitionError with the reason. */
export function parseIgnition(text: string): IgnitionConfig {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new IgnitionError('the ignition configuration is not valid JSON');
  }
  const [problem] = validateIgnition(value);
  if (problem !== undefined) throw new IgnitionError(`the ignition configuration is not valid: ${problem}`);
  return value as IgnitionConfig;
}
