import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reserve, serviceAccount, startTestStandin, type TestStandin } from '../ams-standin/test-standin';

/** A call of the ocm command line (its kind of request, recorded from version 0.1.72), and what it needs to see. */
interface OcmCall {
  title: string;
  method: string;
  /** Without one it goes to the token endpoint. */
  path?: string;
  /** The form of a token request. */
  token?: Record<string, string>;
  /** Whether client id and secret come in the Basic header, as the OCM SDK sends them. */
  basic?: boolean;
  /** Which kept token it carries. */
  as?: string;
  body?: unknown;
  status: number;
  /** By path in the answer: a value, or `string` and `number` for any of that type. */
  fields: Record<string, unknown>;
  /** Fields of the answer that later calls use, by the name they use. */
  keep?: Record<string, string>;
}

const calls = JSON.parse(readFileSync(new URL('ocm-calls.json', import.meta.url), 'utf8')) as OcmCall[];
const kept = new Map<string, string>(Object.entries({ ...serviceAccount, cluster_id: randomUUID() }));
let standin: TestStandin;

beforeAll(async () => {
  standin = await startTestStandin();
  const grant = { grant_type: 'password', client_id: 'cloud-services', username: 'ann', password: 'planted-password', scope: 'openid offline_access' };
  const { refresh_token: offline } = await (await standin.requestToken(grant)).json() as { refresh_token: string };
  kept.set('offline_token', offline);
  kept.set('other_token', await standin.userToken('bob'));
  const cluster = { account_username: 'ann', cluster_id: get('cluster_id'), display_name: 'replayed' };
  kept.set('subscription_id', (await reserve(standin, await standin.serviceToken(), cluster)).id);
});
afterAll(() => standin.close());

function get(name: string): string {
  const value = kept.get(name);
  if (value === undefined) throw new Error(`no earlier call kept ${name}`);
  return value;
}

const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (_, name: string) => get(name));

function send({ method, path, token, basic, as, body }: OcmCall): Promise<Response> {
  if (path === undefined) {
    const form = Object.fromEntries(Object.entries(token ?? {}).map(([name, value]) => [name, fill(value)]));
    const credentials = `${get('client_id')}:${get('client_secret')}`;
    return standin.requestToken(form, basic ? { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` } : {});
  }
  return fetch(`${standin.url}${fill(path)}`, {
    method,
    headers: { accept: 'application/json', 'user-agent': 'OCM-CLI/0.1.72', ...(as && { authorization: `Bearer ${get(as)}` }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

const pick = (answer: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined), answer);

describe('the calls of the ocm command line', () => {
  it.each(calls)('$title', async (call) => {
    const response = await send(call);
    const text = await response.text();
    expect(response.status, text).toBe(call.status);
    const answer: unknown = text === '' ? undefined : JSON.parse(text);
    for (const [path, wanted] of Object.entries(call.fields)) {
      const value = pick(answer, path);
      if (wanted === 'string' || wanted === 'number') expect(typeof value, path).toBe(wanted);
      else expect(value, path).toBe(typeof wanted === 'string' ? fill(wanted) : wanted);
    }
    for (const [path, name] of Object.entries(call.keep ?? {})) kept.set(name, String(pick(answer, path)));
  });
});
