import { z } from '@hono/zod-openapi';
import { errorSchema, infraErrorSchema, notJsonOrErrorSchema, requestErrorSchema } from './errors';

/** `file`: bytes. `headers`: a description of a file without it. */
export type AnswerSchema = z.ZodType | 'file' | 'headers';

type Response = { description: string; content?: Record<string, { schema: z.ZodType }>; headers?: z.ZodObject };

const descriptions: Record<number, string> = {
  200: 'Done.', 201: 'Created or changed.', 202: 'Accepted; the work goes on.', 204: 'Done, nothing to show.',
  206: 'The part of the file that was asked for.', 400: 'A rule is violated.', 401: 'No or a bad credential.', 403: 'The role may not do this.',
  404: 'Not found.', 405: 'The path has no such method.', 409: 'The state does not allow this.', 413: 'The request is too large.',
  416: 'The range lies outside of the file.', 422: 'The request does not fit the schema.', 429: 'Too many requests; see Retry-After.', 500: 'A fault of the service.',
  503: 'A part of the service is away; see Retry-After.',
};

const describe = (status: number): string => descriptions[status] ?? 'See the status.';
const bytes = z.string().openapi({ type: 'string', format: 'binary' });
const json = (schema: z.ZodType) => ({ 'application/json': { schema } });
const retryAfter = z.object({ 'Retry-After': z.number().int().openapi({ description: 'Seconds.' }) });
const contentLength = z.object({ 'Content-Length': z.number().int() });

/**
 * All answers of an operation: what it gives, the errors of the contract, and what any request can meet: 401, 403, 405, 500,
 * 429 and 503, and where there is something to check, 422, 413 and 400.
 */
export function operationResponses(
  answer: { status: number; schema?: AnswerSchema },
  errors: number[],
  { takesBody, ...request }: { params?: z.ZodType; query?: z.ZodType; headers?: z.ZodType; body?: z.ZodType; takesBody: boolean },
): Record<number, Response> {
  const responses: Record<number, Response> = { [answer.status]: success(answer) };
  if (answer.schema === 'file') {
    responses[206] = { description: describe(206), content: { 'application/octet-stream': { schema: bytes } } };
    responses[416] = { description: describe(416), content: json(errorSchema) };
  }
  for (const status of [401, 403]) responses[status] = { description: describe(status), content: json(infraErrorSchema) };
  for (const status of [...errors, 405, 500]) responses[status] = { description: describe(status), content: json(errorSchema) };
  for (const status of [429, 503]) responses[status] = { description: describe(status), content: json(errorSchema), headers: retryAfter };
  if (Object.keys(request).length > 0) responses[422] = { description: describe(422), content: json(requestErrorSchema) };
  if (takesBody) {
    responses[413] = { description: describe(413), content: json(errorSchema) };
    responses[400] = { description: 'A rule is violated (`error`), or the body cannot be read (`request_error`).', content: json(notJsonOrErrorSchema) };
  }
  return responses;
}

function success({ status, schema }: { status: number; schema?: AnswerSchema }): Response {
  const description = describe(status);
  if (schema === undefined) return { description };
  if (schema === 'headers') return { description, headers: contentLength };
  return schema === 'file' ? { description, content: { 'application/octet-stream': { schema: bytes } } } : { description, content: json(schema) };
}
