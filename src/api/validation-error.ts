import type { z } from '@hono/zod-openapi';
import { RequestError } from './errors';

type Issue = z.core.$ZodIssue;
export type Place = 'path' | 'query' | 'header' | 'body';

/** Numbers of the kinds of violation, as clients of this API know them. */
const codes = {
  type: 601, required: 602, tooLong: 603, tooShort: 604, pattern: 605, oneOf: 606, multipleOf: 607, tooBig: 608, tooSmall: 609,
  tooManyItems: 611, tooFewItems: 612,
} as const;

/** Describes the first violation of a schema: its number and a message that names the field and the place. */
export function toRequestError(place: Place, data: unknown, issues: readonly Issue[]): RequestError {
  const issue = issues[0];
  if (!issue) return new RequestError(422, codes.type, `${place} does not fit the schema`);
  const field = issue.path.length === 0 ? place : issue.path.join('.');
  const { code, text } = describe(issue, valueAt(data, issue.path));
  return new RequestError(422, code, `${field} in ${place} ${text}`);
}

function describe(issue: Issue, value: unknown): { code: number; text: string } {
  if (value === undefined) return { code: codes.required, text: 'is required' };
  switch (issue.code) {
    case 'invalid_value':
      return typeof value === 'string'
        ? { code: codes.oneOf, text: `should be one of [${issue.values.join(' ')}]` }
        : { code: codes.type, text: 'must be of type string' };
    case 'invalid_format':
      return issue.format === 'guid'
        ? { code: codes.type, text: 'must be of type uuid' }
        : { code: codes.pattern, text: `should match '${(issue.pattern ?? '').replace(/^\/|\/$/g, '')}'` };
    case 'too_big':
      return describeSize(issue.origin, `at most ${issue.maximum}`, codes.tooLong, codes.tooManyItems, codes.tooBig);
    case 'too_small':
      return describeSize(issue.origin, `at least ${issue.minimum}`, codes.tooShort, codes.tooFewItems, codes.tooSmall);
    case 'invalid_type':
      return { code: codes.type, text: `must be of type ${typeNames[issue.expected] ?? issue.expected}` };
    case 'custom':
      return { code: codes.type, text: `must be of type ${String(issue.params?.['type'] ?? 'string')}` };
    default:
      return { code: codes.type, text: 'does not fit the schema' };
  }
}

function describeSize(origin: string, bound: string, text: number, items: number, number: number): { code: number; text: string } {
  if (origin === 'string') return { code: text, text: `should be ${bound} chars long` };
  if (origin === 'array') return { code: items, text: `should have ${bound} items` };
  return { code: number, text: `should be ${bound}` };
}

const typeNames: Record<string, string> = { int: 'integer', record: 'object' };

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined), data);
}
