import type facts from './v1-facts.json';

export type Schema = { ref?: string; type?: string; nullable?: boolean; items?: Schema; properties?: Record<string, Schema>; [key: string]: unknown };

export interface OperationFacts {
  method: string;
  path: string;
  tags: string[];
  security: Record<string, string[]>[];
  parameters: Record<string, Schema>;
  body?: { required: boolean; schema: Schema };
  responses: Record<string, string | null>;
}

export interface Facts {
  basePath: string;
  operations: Record<string, OperationFacts>;
  schemas: Record<string, Schema>;
}

/** Only here to fail the type check should the committed facts take another form. */
export const asFacts = (committed: typeof facts): Facts => committed;

interface ServedSchema {
  anyOf?: ServedSchema[];
  $ref?: string;
  allOf?: ServedSchema[];
  items?: ServedSchema;
  properties?: Record<string, ServedSchema>;
  additionalProperties?: ServedSchema;
  required?: string[];
  nullable?: boolean;
  [key: string]: unknown;
}

interface ServedOperation {
  operationId: string;
  tags: string[];
  security: Record<string, string[]>[];
  parameters?: { name: string; in: string; required?: boolean; schema: ServedSchema }[];
  requestBody?: { required?: boolean; content: Record<string, { schema: ServedSchema }> };
  responses: Record<string, { content?: Record<string, { schema: ServedSchema }>; headers?: Record<string, unknown> }>;
}

export interface ServedDocument {
  servers: { url: string }[];
  paths: Record<string, Record<string, ServedOperation>>;
  components: { schemas: Record<string, ServedSchema> };
}

const kept = ['type', 'format', 'enum', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'default'];
const nameOf = (ref: string): string => ref.split('/').at(-1) ?? '';

function toSchema(served: ServedSchema): Schema {
  if (served.$ref !== undefined) return { ref: nameOf(served.$ref) };
  const [only] = served.allOf ?? [];
  // A nullable reference is written as allOf of the reference and `nullable`.
  if (served.allOf && only?.$ref !== undefined && served.allOf.every((part) => part.$ref !== undefined || Object.keys(part).join() === 'nullable')) {
    return { ref: nameOf(only.$ref), ...(served.allOf.some((part) => part.nullable) && { nullable: true }) };
  }
  if (served.allOf) return { allOf: served.allOf.map(toSchema) };
  const schema: Schema = Object.fromEntries(kept.filter((key) => key in served).map((key) => [key, served[key]]));
  // Slashes need no escape in a pattern, but printing a regular expression adds one.
  if (typeof served['pattern'] === 'string') schema['pattern'] = served['pattern'].replaceAll('\\/', '/');
  if (served.nullable) schema.nullable = true;
  // OpenAPI 3.0 wants null among the values of a nullable enum.
  if (Array.isArray(schema['enum'])) schema['enum'] = schema['enum'].filter((value) => value !== null);
  if (served.items) schema.items = toSchema(served.items);
  if (served.additionalProperties) schema['additionalProperties'] = toSchema(served.additionalProperties);
  if (served.properties) {
    schema.properties = Object.fromEntries(Object.entries(served.properties).map(([name, value]) => [name, toSchema(value)]));
    if (served.required && served.required.length > 0) schema['required'] = [...served.required].sort();
  }
  return schema;
}

/** A file in a form, which the contract has a type of its own for. */
function toFormField({ maxLength }: ServedSchema): Schema {
  return { type: 'file', ...(maxLength !== undefined && { maxLength }) };
}

/** Own routes of the service are told apart by their tag. */
export const isOwnRoute = ({ tags }: ServedOperation): boolean => tags.includes('service');

function toResponse({ content }: ServedOperation['responses'][string]): string | null {
  const [entry] = Object.entries(content ?? {});
  if (!entry) return null;
  const [type, { schema }] = entry;
  if (schema.anyOf) return schema.anyOf.map((option) => toSchema(option).ref ?? 'unnamed').join(' or ');
  return type === 'application/octet-stream' ? 'file' : (toSchema(schema).ref ?? 'unnamed');
}

/** The served document in the form of the committed facts. */
export function toFacts(document: ServedDocument): Facts {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).filter(([, served]) => !isOwnRoute(served)).map(([method, served]): [string, OperationFacts] => {
      const body = served.requestBody?.content['application/json'];
      const form = served.requestBody?.content['multipart/form-data']?.schema;
      return [
        served.operationId,
        {
          method,
          path,
          tags: [...served.tags].sort(),
          security: served.security,
          parameters: Object.fromEntries([
            ...(served.parameters ?? []).map(({ name, in: place, required, schema }) => [`${place} ${name}`, { required: required ?? false, ...toSchema(schema) }]),
            ...Object.entries(form?.properties ?? {}).map(([name, schema]) => [`form ${name}`, { required: form?.required?.includes(name) ?? false, ...toFormField(schema) }]),
          ]),
          ...(body && { body: { required: served.requestBody?.required ?? false, schema: toSchema(body.schema) } }),
          responses: Object.fromEntries(Object.entries(served.responses).map(([status, response]) => [status, toResponse(response)])),
        },
      ];
    }),
  );
  return {
    basePath: document.servers[0]?.url ?? '',
    operations: Object.fromEntries(operations),
    schemas: Object.fromEntries(Object.entries(document.components.schemas).map(([name, schema]) => [name, toSchema(schema)])),
  };
}

/** The same with slashes in patterns written one way. */
export const normalise = <T>(value: T): T =>
  JSON.parse(JSON.stringify(value), (key, entry: unknown) => (key === 'pattern' && typeof entry === 'string' ? entry.replaceAll('\\/', '/') : entry)) as T;
