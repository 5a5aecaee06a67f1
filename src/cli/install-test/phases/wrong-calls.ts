import { randomUUID } from 'node:crypto';
import { createTransport } from '../../../agent/protocol/transport';
import type { WireCluster } from '../../../agent/protocol/wire-cluster';
import { expectThat } from '../expect-that';
import type { TestRun } from '../test-run';
import { createUserApi } from '../user-api';

interface AnyError {
  kind?: string;
  code?: string | number;
  reason?: string;
  message?: string;
}

async function expectRefusal(answer: Promise<Response>, statuses: readonly number[]): Promise<string> {
  const response = await answer;
  const text = await response.text();
  expectThat(statuses.includes(response.status), `the answer is ${response.status} ${text.slice(0, 120)}`);
  const body = JSON.parse(text) as AnyError;
  const reason = body.reason ?? body.message;
  expectThat(Boolean(reason), 'the answer gives no reason');
  return `${response.status} ${String(reason)}`.slice(0, 100);
}

const same = (text: string): string => text;

/** Calls that must be refused, and must leave everything as it was. */
export async function wrongCallsPhase(run: TestRun, { id }: WireCluster): Promise<void> {
  const { api, checks, target, signal, options } = run;
  checks.startGroup('wrong-calls');
  const send = (method: string, path: string, json?: unknown) => api.http.send(method, path, { signal, ...(json === undefined ? {} : { json }) });
  const doFetch = target.fetch ? { fetch: target.fetch } : {};
  const asUser = (token?: string) => createUserApi({ url: target.url, ...doFetch, ...(token === undefined ? {} : { token }) }, signal).http;
  const wrongName = `install-test-wrong-${randomUUID().slice(0, 8)}`;

  await checks.verify('an unknown cluster', () => expectRefusal(send('GET', `/clusters/${randomUUID()}`), [404]), same);
  await checks.verify('installing an installed cluster', () => expectRefusal(send('POST', `/clusters/${id}/actions/install`), [400, 409]), same);
  await checks.verify('a wrong token', () => expectRefusal(asUser('not-a-token').send('GET', `/clusters/${id}`, { signal }), [401]), same);
  await checks.verify('no token', () => expectRefusal(asUser().send('DELETE', `/clusters/${id}`, { signal }), [401]), same);
  await checks.verify('an agent with a wrong token', () => {
    const agent = createTransport({ url: target.url, ...doFetch, headers: { 'x-secret-key': 'bm90OnZhbGlk' } });
    return expectRefusal(agent.send('POST', `/clusters/${id}/hosts`, { json: { host_id: randomUUID() }, signal }), [401]);
  }, same);
  await checks.verify('a registration against the schema', () => expectRefusal(send('POST', '/clusters', { name: wrongName, openshift_version: options.version }), [422]), same);
  await checks.verify('a registration against the rules', () => expectRefusal(send('POST', '/clusters', { name: wrongName, openshift_version: '1.0', pull_secret: target.pullSecret }), [400]), same);
  await checks.verify('nothing of it took effect', async () => {
    const clusters = await api.list();
    expectThat(!clusters.some((cluster) => cluster.name === wrongName), 'a refused registration is listed');
    const { status, hosts } = await api.get(id);
    expectThat(status === 'installed' && hosts?.length === options.hosts, `the cluster is ${status} with ${hosts?.length ?? 0} hosts`);
  });
}
