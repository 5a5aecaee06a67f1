import { OpenAPIHono } from '@hono/zod-openapi';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../../src/api/openapi-document';
import { operations } from '../../src/api/operations';
import additions from './additions.json';
import { asFacts, normalise, toFacts, type OperationFacts, type ServedDocument } from './served-facts';
import committed from './v1-facts.json';

function serve(): ServedDocument {
  const app = new OpenAPIHono();
  for (const { route } of operations) app.openAPIRegistry.registerPath(route);
  return openApiDocument(app, '0.0.0') as ServedDocument;
}

const contract = normalise(asFacts(committed));
const served = toFacts(serve());

function concerns(addition: (typeof additions)[number], name: string, { parameters, body, responses }: OperationFacts): boolean {
  if (Array.isArray(addition.operations)) return addition.operations.includes(name);
  if (addition.operations === 'with input') return Object.keys(parameters).length > 0 || body !== undefined;
  if (addition.operations === 'with body') return body !== undefined || Object.keys(parameters).some((parameter) => parameter.startsWith('form '));
  return addition.operations === 'files' ? responses['200'] === 'file' : addition.operations === 'all';
}

describe('the served document', () => {
  it('has the base path and no operation beyond the contract', () => {
    expect(served.basePath).toBe(contract.basePath);
    expect(Object.keys(served.operations).sort()).toEqual(Object.keys(contract.operations).sort());
  });

  it.each(Object.entries(contract.operations))('serves %s as the contract has it', (name, wanted) => {
    const operation = served.operations[name];
    if (!operation) throw new Error('not served');
    const expected = { ...wanted.responses };
    for (const addition of additions.filter((candidate) => concerns(candidate, name, operation))) {
      expected[String(addition.status)] ??= addition.schema;
    }
    expect(operation).toEqual({ ...wanted, responses: expected });
  });

  it.each(Object.entries(contract.schemas))('describes %s as the contract does', (name, wanted) => {
    expect(served.schemas[name]).toEqual(wanted);
  });

  it('has no schema beyond the contract but that of schema violations', () => {
    expect(Object.keys(served.schemas).filter((name) => !(name in contract.schemas))).toEqual(['request_error']);
  });

  it('uses every addition', () => {
    const unused = additions.filter((addition) => {
      const users = Object.entries(contract.operations).filter(([name, wanted]) => concerns(addition, name, wanted));
      return users.every(([, wanted]) => wanted.responses[String(addition.status)] === addition.schema);
    });
    expect(unused).toEqual([]);
  });
});
