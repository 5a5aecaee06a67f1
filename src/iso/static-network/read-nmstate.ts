import { parse, YAMLParseError } from 'yaml';
import type { z } from 'zod';
import { findNetworkProblems } from './find-network-problems';
import { nmstateSchema, type DesiredNetwork } from './nmstate-schema';
import { StaticNetworkError } from './static-network-error';

/** Problems told at once: the first ones explain the others often enough. */
const toldProblems = 5;

/** The desired state of a YAML text. Throws StaticNetworkError that names each field at fault and what it may be. */
export function readNmstate(networkYaml: string): DesiredNetwork {
  const result = nmstateSchema.safeParse(parseYaml(networkYaml), { error: toMessage });
  if (!result.success) throw toError(result.error.issues.map(describe));
  const problems = findNetworkProblems(result.data);
  if (problems.length > 0) throw toError(problems);
  return result.data;
}

function parseYaml(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 20 });
  } catch (error) {
    const reason = error instanceof YAMLParseError ? error.message.split('\n')[0] : 'it cannot be read';
    throw new StaticNetworkError(`it is no valid YAML: ${reason}`, { cause: error });
  }
}

function toMessage(issue: { code?: string | undefined; input?: unknown; expected?: unknown }): string | undefined {
  if (issue.code !== 'invalid_type') return undefined;
  return issue.input === undefined ? 'is missing' : `must be ${String(issue.expected)}`;
}

const describe = ({ path, message }: z.core.$ZodIssue): string => {
  const field = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('').replace(/^\./, '');
  return `${field === '' ? 'it' : field} ${message}`;
};

function toError(problems: readonly string[]): StaticNetworkError {
  const rest = problems.length - toldProblems;
  return new StaticNetworkError([...problems.slice(0, toldProblems), ...(rest > 0 ? [`and ${rest} more`] : [])].join('; '));
}
