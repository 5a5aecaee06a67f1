import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import committed from '../compat/v1-facts.json';
import { asFacts, type OperationFacts, type Schema } from '../compat/served-facts';
import { findViolations } from '../sim/contract-schema';
import { startTestApi, type TestApi } from './test-api';
import type { Answer, TestClient } from './test-client';

const contract = asFacts(committed);
const hostId = randomUUID();
let api: TestApi;
let clusterId: string;
beforeAll(async () => {
  api = await startTestApi();
  clusterId = String((await api.as.user.post('/clusters', { name: 'wrong', openshift_version: '4.8', pull_secret: api.pullSecrets.user })).json['id']);
  await api.as.agent.post(`/clusters/${clusterId}/hosts`, { host_id: hostId });
  await api.messenger.refresh(clusterId);
});
afterAll(() => api.close());

interface WrongRequest {
  what: string;
  path: string;
  method?: string;
  body?: unknown;
  status: number;
  code?: number;
  /** Named in the message. */
  field?: string;
  shape: 'error' | 'request_error';
}

/** Values that do not fit a schema, with the number of their violation. */
function wrongValues(schema: Schema): { value: unknown; code: number }[] {
  const { type } = schema;
  const wrongType = type === 'string' ? { value: 7, code: 601 } : { value: 'seven', code: 601 };
  return [
    ...(schema.ref === undefined && type !== undefined ? [wrongType] : []),
    ...(Array.isArray(schema['enum']) && type === 'string' ? [{ value: 'none-of-these', code: 606 }] : []),
    ...(typeof schema['pattern'] === 'string' ? [{ value: '\n', code: 605 }] : []),
    ...(typeof schema['maxLength'] === 'number' && schema['maxLength'] < 1_000 && schema['pattern'] === undefined ? [{ value: 'x'.repeat(schema['maxLength'] + 1), code: 603 }] : []),
    ...(schema['format'] === 'uuid' ? [{ value: 'no-uuid', code: 601 }] : []),
    ...(type === 'integer' && typeof schema['maximum'] === 'number' ? [{ value: schema['maximum'] + 1, code: 608 }] : []),
  ];
}

const samples: Record<string, unknown> = {
  name: 'sample', openshift_version: '4.8', pull_secret: '{}', id: randomUUID(), api_vip_dnsname: 'api.example.com', host_id: randomUUID(), step_type: 'inventory', current_stage: 'Installing',
  logs_state: 'requested', status: 'available', is_success: true, file_name: 'a.yaml', content: 'YQ==', config: '{}', args: [],
};

function wrongBodies(path: string, body: NonNullable<OperationFacts['body']>): WrongRequest[] {
  const schema = body.schema.ref === undefined ? body.schema : contract.schemas[body.schema.ref];
  const shape = 'request_error';
  const general: WrongRequest[] = [
    { what: 'a body that is no JSON', path, body: '{"a":', status: 400, code: 400, shape },
    { what: 'a body of the wrong type', path, body: 7, status: 422, code: 601, shape },
    { what: 'a body over the limit', path, body: `"${'x'.repeat(70_000)}"`, status: 413, shape: 'error' },
  ];
  const properties = Object.entries(schema?.properties ?? {});
  const required = Array.isArray(schema?.['required']) ? schema['required'].map(String) : [];
  const valid = Object.fromEntries(required.map((name) => [name, samples[name]]));
  return [
    ...general,
    ...required.flatMap((name) => [undefined, null].map((value): WrongRequest => ({ what: `no ${name} (${value})`, path, body: { ...valid, [name]: value }, status: 422, code: 602, field: name, shape }))),
    ...properties.flatMap(([name, property]) => wrongValues(property).map(({ value, code }): WrongRequest =>
      ({ what: `${name} = ${JSON.stringify(value).slice(0, 20)}`, path, body: { ...valid, [name]: value }, status: 422, code, field: name, shape }))),
  ];
}

/** The path of an operation, with what exists where nothing else is asked for, and what its query needs. */
function pathOf({ path, parameters }: OperationFacts, replaced: Record<string, string> = {}): string {
  const values: Record<string, string> = { cluster_id: clusterId, host_id: hostId, validation_id: 'container-images-available', operator_name: 'lso', ...replaced };
  const query = Object.entries(parameters).filter(([name, { required }]) => name.startsWith('query ') && required).map(([name, { enum: options }]) => {
    const key = name.slice('query '.length);
    return `${key}=${encodeURIComponent(replaced[key] ?? (Array.isArray(options) ? String(options[0]) : key === 'network' ? '10.0.0.0/24' : 'a.yaml'))}`;
  });
  return `${path.replaceAll(/\{(\w+)\}/g, (_match, name: string) => encodeURIComponent(values[name] ?? ''))}${query.length > 0 ? `?${query.join('&')}` : ''}`;
}

function wrongRequests(operation: OperationFacts): WrongRequest[] {
  const { path, parameters, body } = operation;
  const request = pathOf(operation);
  const ids = ['cluster_id', 'host_id'].filter((name) => path.includes(`{${name}}`));
  const required = Object.entries(parameters).filter(([name, schema]) => name.startsWith('query ') && schema['required']).map(([name]) => name.slice(6));
  const enums = Object.entries(parameters).filter(([name, schema]) => name.startsWith('query ') && Array.isArray(schema['enum'])).map(([name]) => name.slice(6));
  const withQuery = (name: string, value: string) => {
    const [start, query = ''] = request.split('?');
    const kept = query.split('&').filter((pair) => pair !== '' && !pair.startsWith(`${name}=`));
    return `${start}?${[...kept, ...(value === '' ? [] : [`${name}=${value}`])].join('&')}`;
  };
  return [
    ...ids.map((name): WrongRequest => ({ what: `a ${name} that is none`, path: pathOf(operation, { [name]: 'x' }), status: 422, code: 601, field: name, shape: 'request_error' })),
    ...(path.includes('{cluster_id}') ? [{ what: 'an unknown cluster', path: pathOf(operation, { cluster_id: randomUUID() }), status: 404, shape: 'error' } as const] : []),
    ...required.map((name): WrongRequest => ({ what: `no ${name}`, path: withQuery(name, ''), status: 422, code: 602, field: name, shape: 'request_error' })),
    ...enums.map((name): WrongRequest => ({ what: `a wrong ${name}`, path: withQuery(name, 'wrong'), status: 422, code: 606, field: name, shape: 'request_error' })),
    ...(body ? wrongBodies(request, body) : []),
    { what: 'a wrong method', path: request, method: 'PURGE', status: 405, shape: 'error' },
  ];
}

/** A body for requests whose fault lies elsewhere. */
function validBody({ body }: OperationFacts): unknown {
  if (!body) return undefined;
  if (body.schema.ref === undefined) return '"{}"';
  const required = contract.schemas[body.schema.ref]?.['required'];
  return Object.fromEntries((Array.isArray(required) ? required.map(String) : []).map((name) => [name, samples[name]]));
}

function clientOf({ security }: OperationFacts): TestClient {
  return security.some((way) => 'userAuth' in way) ? api.as.user : api.as.agent;
}

/** Rows and the latest transaction of each table: equal only if nothing was written. */
async function snapshot(): Promise<string> {
  const tables = await api.db.execute(sql`SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`);
  const states = await Promise.all(tables.map(async ({ tablename }) => {
    const table = String(tablename);
    const [state] = await api.db.execute(sql`SELECT count(*) AS rows, coalesce(max(xmin::text::bigint), 0) AS latest FROM ${sql.identifier(table)}`);
    return `${table} ${String(state?.['rows'])} ${String(state?.['latest'])}`;
  }));
  return states.join('\n');
}

function expectShape(answer: Answer, shape: 'error' | 'request_error', { code, field }: WrongRequest): void {
  if (shape === 'error') {
    expect(findViolations('error', answer.json)).toEqual([]);
    expect(answer.json).toMatchObject({ kind: 'Error', id: answer.status, href: '', code: String(answer.status) });
    return;
  }
  expect(Object.keys(answer.json).sort()).toEqual(['code', 'message']);
  expect(answer.json).toMatchObject({ code, message: expect.stringContaining(field ?? '') });
}

describe('wrong input', () => {
  it.each(Object.entries(contract.operations))('of %s is refused, named, and leaves nothing behind', async (_name, operation) => {
    const before = await snapshot();
    for (const wrong of wrongRequests(operation)) {
      const method = wrong.method ?? operation.method.toUpperCase();
      const body = 'body' in wrong ? wrong.body : validBody(operation);
      const answer = await clientOf(operation).send(method, wrong.path, body);
      expect([wrong.what, answer.status, answer.text.slice(0, 200)]).toEqual([wrong.what, wrong.status, expect.anything()]);
      if (operation.method !== 'head') expectShape(answer, wrong.shape, wrong);
    }
    expect(await snapshot()).toBe(before);
  });

  it('covers every operation of the contract', () => {
    expect(Object.keys(contract.operations)).toHaveLength(65);
    for (const operation of Object.values(contract.operations)) expect(wrongRequests(operation).length).toBeGreaterThan(0);
  });

  it('of unknown paths is told as the framework of the contract does', async () => {
    const answer = await api.as.user.get('/nowhere');
    expect([answer.status, answer.json]).toEqual([404, { code: 404, message: 'path /api/assisted-install/v1/nowhere was not found' }]);
  });
});
