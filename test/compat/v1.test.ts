import { OpenAPIHono } from '@hono/zod-openapi';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../../src/api/openapi-document';
import { operations } from '../../src/api/operations';
import { serviceRoutes } from '../../src/api/service-routes';
import additions from './additions.json';
import { asFacts, isOwnRoute, normalise, toFacts, type OperationFacts, type ServedDocument } from './served-facts';
import committed from './v1-facts.json';

function serve(): ServedDocument {
  const app = new OpenAPIHono();
  for (const { route } of operations) app.openAPIRegistry.registerPath(route);
  for (const route of Object.values(serviceRoutes)) app.openAPIRegistry.registerPath(route);
  return openApiDocument(app, '0.0.0') as ServedDocument;
}

const contract = normalise(asFacts(committed));
const document = serve();
const served = toFacts(document);
type Addition = { operations: string | string[]; status: number; schema: string; beside?: string; reason: string };
const answers: Addition[] = additions.answers;

function concerns({ operations: which }: Addition, name: string, { parameters, body, responses, security }: OperationFacts): boolean {
  if (Array.isArray(which)) return which.includes(name);
  switch (which) {
    case 'with input': return Object.keys(parameters).length > 0 || body !== undefined;
    case 'with body': return body !== undefined || Object.keys(parameters).some((parameter) => parameter.startsWith('form '));
    case 'files': return responses['200'] === 'file';
    case 'secured': return security.length > 0;
    case 'all': return true;
    default: throw new Error(`no operations are ${which}`);
  }
}

/** What the contract has for a status, with what is added to it. */
const added = (has: string | null | undefined, { schema, beside }: Addition): string => (beside === undefined ? (has ?? schema) : `${beside} or ${schema}`);

describe('the served document', () => {
  it('has the base path and no operation beyond the contract but those that tell of the service', () => {
    expect(served.basePath).toBe(contract.basePath);
    expect(Object.keys(served.operations).sort()).toEqual(Object.keys(contract.operations).sort());
    const own = Object.entries(document.paths).filter(([, methods]) => Object.values(methods).some(isOwnRoute)).map(([path]) => path);
    expect(own.sort()).toEqual(additions.routes.map(({ path }) => path).sort());
  });

  it.each(Object.entries(contract.operations))('serves %s as the contract has it', (name, wanted) => {
    const operation = served.operations[name];
    if (!operation) throw new Error('not served');
    const expected = { ...wanted.responses };
    for (const addition of answers.filter((candidate) => concerns(candidate, name, wanted))) {
      expected[String(addition.status)] = added(expected[String(addition.status)], addition);
    }
    expect(operation).toEqual({ ...wanted, responses: expected });
  });

  it.each(Object.entries(contract.schemas))('describes %s as the contract does', (name, wanted) => {
    expect(served.schemas[name]).toEqual(wanted);
  });

  it('says of every answer that asks for patience how long', () => {
    for (const methods of Object.values(document.paths)) {
      for (const operation of Object.values(methods)) {
        for (const status of ['429', '503']) {
          if (isOwnRoute(operation) && operation.responses[status] === undefined) continue;
          expect(Object.keys(operation.responses[status]?.headers ?? {}), `${operation.operationId} ${status}`).toEqual(['Retry-After']);
        }
      }
    }
  });

  it('has no schema beyond the contract but that of schema violations', () => {
    expect(Object.keys(served.schemas).filter((name) => !(name in contract.schemas))).toEqual(['request_error']);
  });

  it('uses every addition, each with its reason', () => {
    const unused = answers.filter((addition) => {
      const users = Object.entries(contract.operations).filter(([name, wanted]) => concerns(addition, name, wanted));
      return users.every(([, wanted]) => wanted.responses[String(addition.status)] === added(wanted.responses[String(addition.status)], addition));
    });
    expect(unused).toEqual([]);
    for (const { reason } of [...answers, ...additions.routes]) expect(reason).toMatch(/\.$/);
  });
});
