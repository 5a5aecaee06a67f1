import { createRoute, z } from '@hono/zod-openapi';
import type { Actor } from '../auth/actor';
import type { ApiDeps } from './deps';
import type { UploadField } from './middleware/open-upload';
import type { Reply } from './reply';
import { operationResponses, type AnswerSchema } from './schemas/responses';
import type { SecurityRequirement } from './security';

type ObjectSchema = z.ZodObject;

interface Inputs {
  params?: ObjectSchema;
  query?: ObjectSchema;
  headers?: ObjectSchema;
  body?: z.ZodType;
}

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

/** A request whose parts fit the schema. */
export interface Input<I extends Inputs> {
  params: Parsed<I['params']>;
  query: Parsed<I['query']>;
  headers: Parsed<I['headers']>;
  body: I['body'] extends z.ZodType ? z.output<I['body']> : undefined;
}

/** The same before a handler's types are known. */
export interface AnyInput {
  params: unknown;
  query: unknown;
  headers: unknown;
  body: unknown;
}

export interface RequestContext {
  deps: ApiDeps;
  actor: Actor;
  requestId: string;
  /** HEAD reaches the handlers of GET. */
  method: string;
  header(name: string): string | undefined;
  /** Begins to read the file of an operation that takes one. */
  openUpload(): Promise<AsyncIterable<Uint8Array>>;
}

type ParameterReader = (name: string) => string | undefined;

interface OperationDefinition<I extends Inputs> {
  method: 'get' | 'head' | 'post' | 'put' | 'patch' | 'delete';
  /** Below the base path, with parameters in braces. */
  path: string;
  operationId: string;
  summary: string;
  tags: string[];
  security: SecurityRequirement[];
  request?: I;
  /** True when the body may be left out. */
  bodyOptional?: boolean;
  /** The body is a form with a file; `documentsLimit` where the contract names the limit. */
  upload?: UploadField & { documentsLimit: boolean };
  /** Status and shape of the answer to a request that succeeds. */
  answer: { status: number; schema?: AnswerSchema };
  /** Further statuses of the contract. */
  errors: number[];
  /** Name of the file that signed addresses are made for, from the parameters of query and path. */
  signedFile?: (query: ParameterReader, param: ParameterReader) => string | undefined;
  /** Ways in beside those of the contract, which the document therefore does not show. */
  furtherSecurity?: SecurityRequirement[];
  /** How long a caller waits at most; null: as long as the answer flows. Default 30. */
  timeLimitSeconds?: number | null;
  /** Level of the access log; requests of every agent in every minute are `debug`. */
  logLevel?: 'debug' | 'info';
  handle(input: Input<I>, context: RequestContext): Promise<Reply>;
}

/** An operation of the API as the application serves it. */
export interface Operation {
  method: OperationDefinition<Inputs>['method'];
  path: string;
  operationId: string;
  route: ReturnType<typeof createRoute>;
  security: SecurityRequirement[];
  request: Inputs;
  bodyOptional: boolean;
  upload: UploadField | undefined;
  signedFile: OperationDefinition<Inputs>['signedFile'];
  timeLimitSeconds: number | null;
  logLevel: 'debug' | 'info';
  handle(input: AnyInput, context: RequestContext): Promise<Reply>;
}

const formSchema = ({ name, maxBytes, documentsLimit }: UploadField & { documentsLimit: boolean }) =>
  z.object({ [name]: z.string().optional().openapi({ type: 'string', format: 'binary', ...(documentsLimit && { maxLength: maxBytes }) }) });

/** Describes an operation once: for the router, the checks before the handler, and the OpenAPI document. */
export function defineOperation<const I extends Inputs>(definition: OperationDefinition<I>): Operation {
  const { method, path, operationId, summary, tags, security, answer, errors, upload } = definition;
  const request: Inputs = definition.request ?? {};
  const { body, ...parameters } = request;
  const route = createRoute({
    method,
    path,
    operationId,
    summary,
    tags,
    security: security.map((requirement) => ({ ...requirement })),
    request: {
      ...parameters,
      ...(body && { body: { required: definition.bodyOptional !== true, content: { 'application/json': { schema: body } } } }),
      ...(upload && { body: { required: false, content: { 'multipart/form-data': { schema: formSchema(upload) } } } }),
    },
    responses: operationResponses(answer, errors, { ...request, takesBody: body !== undefined || upload !== undefined }),
  });
  return {
    method,
    path,
    operationId,
    route,
    security: [...security, ...(definition.furtherSecurity ?? [])],
    request,
    bodyOptional: definition.bodyOptional ?? false,
    upload,
    signedFile: definition.signedFile,
    timeLimitSeconds: definition.timeLimitSeconds === undefined ? 30 : definition.timeLimitSeconds,
    logLevel: definition.logLevel ?? 'info',
    // The application parses with `request` before it calls: the input is what the definition's schemas give.
    handle: (input, context) => definition.handle(input as Input<I>, context),
  };
}
