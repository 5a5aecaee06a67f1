import { IgnitionError } from './ignition-error';
import { parseIgnition } from './parse-ignition';

/** What is wrong with a user's configuration, without quoting it; undefined when nothing is. Empty text takes a stored one away. */
export function findIgnitionProblem(config: string): string | undefined {
  if (config === '') return undefined;
  try {
    parseIgnition(config);
    return undefined;
  } catch (error) {
    if (error instanceof IgnitionError) return error.message;
    throw error;
  }
}
