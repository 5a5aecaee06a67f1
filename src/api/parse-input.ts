import type { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { RequestError } from './errors';
import { readBody } from './middleware/read-body';
import type { AnyInput, Operation } from './operation';
import { toRequestError, type Place } from './validation-error';

function check(place: Place, schema: z.ZodType, data: unknown): unknown {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  throw toRequestError(place, data, result.error.issues);
}

/** Reads the parts of a request that an operation declares. Throws RequestError for what does not fit its schema. */
export async function parseInput(operation: Operation, c: Context, maxBodyBytes: number): Promise<AnyInput> {
  const { params, query, headers, body } = operation.request;
  return {
    params: params && check('path', params, storable('path', c.req.param())),
    query: query && check('query', query, storable('query', readQuery(query, c))),
    headers: headers && check('header', headers, readHeaders(headers, c)),
    body: body && checkBody(body, await readBody(c.req.raw, maxBodyBytes), operation.bodyOptional),
  };
}

/** A list is written with commas or by repeating its name. */
function readQuery(schema: z.ZodObject, c: Context): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  const fields: Record<string, z.core.$ZodType> = schema.shape;
  for (const [name, field] of Object.entries(fields)) {
    const given = c.req.queries(name);
    if (given === undefined) continue;
    values[name] = isList(field) ? given.flatMap((text) => text.split(',')).filter((text) => text !== '') : given[0];
  }
  return values;
}

function isList(field: z.core.$ZodType): boolean {
  const definition: z.core.$ZodTypeDef & { innerType?: z.core.$ZodType } = field._zod.def;
  return definition.type === 'array' || (definition.innerType !== undefined && isList(definition.innerType));
}

function readHeaders(schema: z.ZodObject, c: Context): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const name of Object.keys(schema.shape)) {
    const given = c.req.header(name);
    if (given !== undefined) values[name] = given;
  }
  return values;
}

function checkBody(schema: z.ZodType, text: string, optional: boolean): unknown {
  if (text.trim() === '') {
    if (optional) return undefined;
    throw toRequestError('body', undefined, [{ code: 'custom', path: [], message: '' }]);
  }
  const json = parseJson(text);
  return check('body', schema, mayHoldUnstorable.test(text) ? storable('body', json) : json);
}

/** Raw NUL characters, and escapes that may stand for one or for half a character. */
const mayHoldUnstorable = /\0|\\u(?:0000|[dD][89a-fA-F])/;
/** NUL and lone surrogates: JSON can carry them, text in the database cannot. */
const unstorable = /\0|\p{Surrogate}/u;

/** Refuses texts that cannot be stored, wherever they stand. */
function storable<T>(place: Place, data: T): T {
  const visit = (value: unknown, path: string): void => {
    if (typeof value === 'string') {
      if (unstorable.test(value)) throw new RequestError(422, 605, `${path === '' ? 'a text' : path} in ${place} must not contain NUL characters or unpaired surrogates`);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, entry] of Object.entries(value)) {
        visit(key, path);
        visit(entry, path === '' ? key : `${path}.${key}`);
      }
    }
  };
  visit(data, '');
  return data;
}

/**
 * A property that is null was not given: clients that are generated in Go send each list that they leave out so, and the services that
 * this interface had before took any null for nothing.
 */
function withoutNull(this: unknown, key: string, value: unknown): unknown {
  return value === null && key !== '' && !Array.isArray(this) ? undefined : value;
}

function parseJson(text: string): unknown {
  try {
    return text.includes('null') ? JSON.parse(text, withoutNull) : JSON.parse(text);
  } catch {
    throw new RequestError(400, 400, 'The body is not valid JSON.');
  }
}
