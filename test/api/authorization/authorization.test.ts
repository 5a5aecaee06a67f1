import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccessReview } from '../../../src/auth/access';
import { createCapabilitySigner } from '../../../src/auth/capability';
import { createLocalTokens, noUsers } from '../../../src/auth/local';
import { createUserAuthenticator } from '../../../src/auth/oidc';
import contract from '../../compat/v1-facts.json';
import { findViolations } from '../../sim/contract-schema';
import { startTestApi, type TestApi } from '../test-api';
import { createTestClient, type Answer, type TestClient } from '../test-client';
import { expectedStatus, type Standing, type Way } from './expected-status';
import gap from './gap.json';
import table from './table.json';
import { audience, createTokenMaker, issuer } from './user-tokens';

interface Row {
  /** As the contract has it. */
  ways: Way[];
  /** What the service permits besides. */
  beyond?: Way[];
  query?: string;
  /** What an address of the operation is signed for. */
  file?: string;
}

interface Caller {
  standing: Standing;
  headers?: Record<string, string>;
  /** Makes the signature of the address. */
  sign?: (clusterId: string, file: string) => Promise<string>;
}

interface ServedOperation {
  operationId: string;
  method: string;
  path: string;
}

const rows = table as Record<string, Row>;
const hostId = randomUUID();
const minute = 60_000;
const pemOf = () => String(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }));

let api: TestApi;
let nobody: TestClient;
let served: ServedOperation[];
let sharedId: string;
let rhsso: Record<string, Caller>;
let local: { client: TestClient; callers: (clusterId: string) => Promise<Record<string, Caller>> };

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
const register = async (): Promise<string> =>
  String((await api.as.user.post('/clusters', { name: 'secured', openshift_version: '4.8', pull_secret: api.pullSecrets.user })).json['id']);

beforeAll(async () => {
  api = await startTestApi();
  sharedId = await register();
  const tokens = await createTokenMaker();
  const { authentication } = api;
  nobody = createTestClient(api.createAppUnder({
    ...authentication,
    user: createUserAuthenticator({ jwks: tokens.jwks, issuer, audience, adminUsers: ['admin'], isReadOnlyAdmin: async (name) => name === 'readonly' }),
    access: createAccessReview({ reviewAccess: async () => true }),
  }), {});
  const document = (await nobody.get('/openapi')).json as { paths: Record<string, Record<string, { operationId: string }>> };
  served = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, { operationId }]) => ({ operationId, method, path })));
  const signer = (key = api.signer, validMs = minute, other: { file?: string; clusterId?: string; method?: string } = {}) => (clusterId: string, file: string) =>
    key.sign({ method: 'GET', clusterId, file, ...other, expiresAt: new Date(Date.now() + validMs) });
  const bad = Object.entries(await tokens.bad('user')).map(([name, token]): [string, Caller] => [`token ${name}`, { standing: 'bad credential', headers: bearer(token) }]);
  rhsso = {
    'no credential': { standing: 'bad credential' },
    ...Object.fromEntries(bad),
    'garbage secret key': { standing: 'bad credential', headers: { 'X-Secret-Key': 'garbage' } },
    'secret key as a bearer token': { standing: 'bad credential', headers: bearer(api.tokens.agent_token) },
    owner: { standing: 'owner', headers: bearer(await tokens.sign('user')) },
    'owner, with a token from the future': { standing: 'owner', headers: bearer(await tokens.sign('user', { iat: Math.floor(Date.now() / 1000) + 600 })) },
    admin: { standing: 'admin', headers: bearer(await tokens.sign('admin')) },
    'read-only admin': { standing: 'read-only admin', headers: bearer(await tokens.sign('readonly')) },
    'other tenant': { standing: 'other tenant', headers: bearer(await tokens.sign('other')) },
    'own agent': { standing: 'own agent', headers: { 'X-Secret-Key': api.tokens.agent_token } },
    'agent of another cluster': { standing: 'agent of another cluster', headers: { 'X-Secret-Key': api.otherAgentToken } },
    'signed URL': { standing: 'signed for this file', sign: signer() },
    'signed URL, garbage': { standing: 'bad credential', sign: async () => 'garbage' },
    'signed URL for another file': { standing: 'bad credential', sign: signer(api.signer, minute, { file: 'another-file' }) },
    'signed URL for another cluster': { standing: 'bad credential', sign: signer(api.signer, minute, { clusterId: randomUUID() }) },
    'signed URL for another method': { standing: 'bad credential', sign: signer(api.signer, minute, { method: 'DELETE' }) },
    'signed URL, expired': { standing: 'bad credential', sign: signer(api.signer, -minute) },
    'signed URL by another key': { standing: 'bad credential', sign: signer(createCapabilitySigner({ privateKeyPem: pemOf() })) },
  };
  const make = (privateKeyPem: string, lifetimeMs = minute) => createLocalTokens({ privateKeyPem, formerPublicKeysPem: '', lifetimeMs });
  const pem = pemOf();
  local = {
    client: createTestClient(api.createAppUnder({ type: 'local', user: noUsers, agent: make(pem).agents, signedUrl: api.signer, access: null }), {}),
    callers: async (clusterId) => {
      const key = async (token: Promise<string>) => ({ 'X-Secret-Key': await token });
      return {
        'no credential': { standing: 'bad credential' },
        'user of a single sign-on': { standing: 'bad credential', headers: bearer(await tokens.sign('user')) },
        'own agent': { standing: 'own agent', headers: await key(make(pem).issue(clusterId)) },
        'agent of another cluster': { standing: 'agent of another cluster', headers: await key(make(pem).issue(randomUUID())) },
        'agent, expired': { standing: 'bad credential', headers: await key(make(pem, -minute).issue(clusterId)) },
        'agent by another key': { standing: 'bad credential', headers: await key(make(pemOf()).issue(clusterId)) },
        'agent with a signed URL\'s token': { standing: 'bad credential', headers: await key(signer()(clusterId, 'kubeconfig')) },
        'signed URL': { standing: 'signed for this file', sign: signer() },
        'signed URL, expired': { standing: 'bad credential', sign: signer(api.signer, -minute) },
        'signed URL by an agent\'s token': { standing: 'bad credential', sign: () => make(pem).issue(clusterId) },
      };
    },
  };
});
afterAll(() => api.close());

async function ask(client: TestClient, { method, path }: ServedOperation, row: Row, clusterId: string, { headers, sign }: Caller): Promise<Answer> {
  const fill = (text: string) => text.replace('{cluster_id}', clusterId).replace('{host_id}', hostId);
  const signature = sign && `api_key=${await sign(clusterId, fill(row.file ?? 'no-file'))}`;
  const query = [row.query, signature].filter((part) => part !== undefined).join('&');
  const target = `${fill(path)}${query === '' ? '' : `?${query}`}`;
  return client.send(method.toUpperCase(), target, ['post', 'put', 'patch'].includes(method) ? 'not json' : undefined, headers);
}

function judge(answer: Answer, expected: number | 'in', clusterId: string, method: string): unknown {
  const isStranger = answer.status === 404 && answer.json?.['reason'] === `Cluster ${clusterId} was not found.`;
  if (expected === 'in') return answer.status === 401 || answer.status === 403 || isStranger ? answer.status : 'in';
  if (answer.status === 404 && !isStranger && method !== 'head') return '404 of something else';
  const shape = answer.status === 404 ? 'error' : 'infra_error';
  return method === 'head' || findViolations(shape, answer.json).length === 0 ? answer.status : `${answer.status} in a wrong shape`;
}

async function meet(client: TestClient, operation: ServedOperation, callers: (clusterId: string) => Promise<Record<string, Caller>>): Promise<[unknown, unknown]> {
  const row = rows[operation.operationId] ?? { ways: [] };
  const ways = [...row.ways, ...(row.beyond ?? [])];
  const ofCluster = operation.path.includes('{cluster_id}');
  let clusterId = operation.method === 'delete' ? await register() : sharedId;
  const met: Record<string, unknown> = {};
  const expected: Record<string, unknown> = {};
  for (const [name, caller] of Object.entries(await callers(clusterId))) {
    expected[name] = expectedStatus(ways, ofCluster, caller.standing);
    met[name] = judge(await ask(client, operation, row, clusterId, caller), expectedStatus(ways, ofCluster, caller.standing), clusterId, operation.method);
    // Whoever is let in may have deleted it.
    if (operation.method === 'delete' && expected[name] === 'in') clusterId = await register();
  }
  return [met, expected];
}

const operationIds = Object.keys(contract.operations);
/** How the service is and what it serves: nothing of anybody. */
const open = ['GetDocument', 'GetHealth', 'GetMetrics', 'GetReadiness', 'GetReference'];
const find = (operationId: string): ServedOperation => {
  const operation = served.find((candidate) => candidate.operationId === operationId);
  if (!operation) throw new Error(`${operationId} is not served`);
  return operation;
};

describe('the authorization table', () => {
  it('lacks only the operations that are known to be lacking, and those that are open to everybody', () => {
    expect(served.map(({ operationId }) => operationId).filter((operationId) => !(operationId in rows) && !open.includes(operationId)).sort()).toEqual(gap);
  });

  it('says what the contract says, and names no operation that is not served', () => {
    const waysOf = ({ security, method }: { security: { userAuth?: string[]; agentAuth?: string[]; urlAuth?: string[] }[]; method: string }): string[] =>
      security.map(({ userAuth, agentAuth }) => {
        if (userAuth === undefined) return agentAuth ? 'agents' : 'signed';
        return userAuth.includes('read-only-admin') || (userAuth.length === 0 && method === 'get') ? 'users read' : 'users write';
      });
    const wanted = Object.fromEntries(Object.entries(contract.operations).map(([operationId, facts]) => [operationId, waysOf(facts)]));
    expect(Object.fromEntries(Object.entries(rows).map(([operationId, { ways }]) => [operationId, ways]))).toEqual(wanted);
    expect(Object.keys(rows).filter((operationId) => !served.some((operation) => operation.operationId === operationId))).toEqual([]);
  });
});

describe('with single sign-on', () => {
  it.each(operationIds)('%s lets in whom it should', async (operationId) => {
    const [met, expected] = await meet(nobody, find(operationId), async () => rhsso);
    expect(met).toEqual(expected);
  });
});

describe('with tokens of the service\'s own', () => {
  it.each(operationIds)('%s lets in whom it should', async (operationId) => {
    const [met, expected] = await meet(local.client, find(operationId), local.callers);
    expect(met).toEqual(expected);
  });
});

describe('what is open to everybody', () => {
  it('is what tells how the service is and what it serves, and nothing else', async () => {
    const guarded = new Set(served.filter(({ operationId }) => !open.includes(operationId)).map(({ path }) => path));
    const routes = new Set(api.app.routes.map(({ path }) => path).filter((path) => path !== '/*' && path !== '*'));
    const own = [...routes].filter((path) => !guarded.has(path.replace('/api/assisted-install/v1', '').replaceAll(/:(\w+)/g, '{$1}'))).sort();
    const below = '/api/assisted-install/v1';
    expect(own).toEqual(['/', ...['docs', 'health', 'metrics', 'openapi', 'ready'].map((name) => `${below}/${name}`), '/health', '/images/:name', '/metrics', '/ready']);
    const clusterId = await register();
    for (const path of own) {
      const answer = await nobody.get(`/${path}`);
      // An image is there for whoever has its signed name.
      expect([path, answer.status]).toEqual([path, path === '/images/:name' ? 404 : 200]);
      const hidden = [api.tokens.agent_token, api.tokens.user_token, ...(path.endsWith('/metrics') ? [] : [clusterId])];
      for (const planted of hidden) expect(answer.text).not.toContain(planted);
    }
  });
});
