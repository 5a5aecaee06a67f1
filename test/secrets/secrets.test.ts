import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CheckResult } from '../../src/cli/install-test/check-log';
import { parseOptions } from '../../src/cli/install-test/options';
import { runInstallTest } from '../../src/cli/install-test/run-install-test';
import { createUserApi } from '../../src/cli/install-test/user-api';
import type { StackSecrets } from '../../src/dev/secrets';
import { type BenchStack, startStack } from '../load/bench-stack';
import { dumpDatabase, exportHistories, readBucket, readLogs, type Place } from './collect';
import { findSecrets, type Secrets } from './find-secrets';

const decode = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');
const bodyOf = (pem: string): string => pem.split('\n')[1] ?? '';

let stack: BenchStack;
let clusterId: string;
/** What opens something: of users, of the service, and of the cluster that was installed. */
let secrets: Secrets;

/** Sends bad requests that carry secrets: what is said about them must not repeat those. */
async function provoke({ file }: BenchStack): Promise<Place[]> {
  const base = `${file.api_url}/api/assisted-install/v1`;
  const authorization = `Bearer ${file.user_token}`;
  const post = { method: 'POST', headers: { authorization, 'content-type': 'application/json' } };
  const registration = { name: 'refused', openshift_version: '4.8', pull_secret: file.pull_secret };
  const requests: [string, RequestInit][] = [
    ['/clusters', { ...post, headers: { ...post.headers, authorization: `Bearer ${file.other_user_token}` }, body: JSON.stringify(registration) }],
    ['/clusters', { ...post, body: JSON.stringify(registration).slice(0, -1) }],
    ['/clusters', { ...post, body: JSON.stringify({ ...registration, pull_secret: `${file.pull_secret}x` }) }],
    ['/clusters', { headers: { authorization: `Bearer ${file.user_token}x` } }],
    [`/clusters/${clusterId}`, { headers: { 'x-secret-key': `${file.agent_token}x` } }],
    [`/clusters/${clusterId}/downloads/kubeconfig?api_key=${file.user_token}`, {}],
    [`/clusters/${file.agent_token}`, { headers: { authorization } }],
  ];
  // What stands in a field that is no secret is told to the caller again; logs must not have it.
  await fetch(`${base}/clusters`, { ...post, body: JSON.stringify({ ...registration, openshift_version: file.pull_secret }) });
  return Promise.all(requests.map(async ([path, init], index) => {
    const response = await fetch(`${base}${path}`, init);
    expect(response.status).toBeGreaterThanOrEqual(400);
    // The path itself is the caller's own.
    return { name: `answer ${index} (${response.status})`, text: (await response.text()).replaceAll(`/clusters/${file.agent_token}`, '') };
  }));
}

const proxyPassword = 'planted-password-of-a-proxy';

beforeAll(async () => {
  let output = '';
  stack = await startStack((text) => (output += text), { LOG_LEVEL: 'trace', CONTROLLER_MANIFESTS: 'true' }).catch((error: unknown) => {
    throw new Error(output, { cause: error });
  });
  const { file, dataDir } = stack;
  const options = parseOptions(['--timeout', '120s', '--keep']);
  if (options === 'help') throw new Error('help');
  const target = { url: file.api_url, token: file.user_token, agentToken: file.agent_token, pullSecret: file.pull_secret, amsUrl: file.ams_url };
  const failed: CheckResult[] = [];
  const onResult = (result: CheckResult): void => void (result.outcome === 'failed' && failed.push(result));
  await runInstallTest(options, target, { onResult, say: () => undefined }, new AbortController().signal);
  expect(failed).toEqual([]);

  const api = createUserApi({ url: file.api_url, token: file.user_token }, AbortSignal.timeout(30_000));
  const [cluster] = await api.list();
  clusterId = cluster?.id ?? '';
  const kubeconfig = await api.kubeconfig(clusterId);
  const clientKey = /client-key-data: (\S+)/.exec(kubeconfig)?.[1] ?? '';
  const { image_info: imageInfo } = await api.get(clusterId);
  const base = `${file.api_url}/api/assisted-install/v1/clusters`;
  const headers = { authorization: `Bearer ${file.user_token}`, 'content-type': 'application/json' };
  const behindProxy = { name: 'behind-a-proxy', openshift_version: '4.8', pull_secret: file.pull_secret, http_proxy: `http://user:${proxyPassword}@proxy.example.com:3128` };
  expect((await fetch(base, { method: 'POST', headers, body: JSON.stringify(behindProxy) })).status).toBe(201);
  const own = JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')) as StackSecrets;
  secrets = {
    'user token': file.user_token,
    'other user\'s token': file.other_user_token,
    'token of the pull secret': file.agent_token,
    'password in the pull secret': decode(file.agent_token).split(':')[1] ?? '',
    'password of a proxy': proxyPassword,
    'user password': own.identities.users.user.password,
    'client secret': own.identities.serviceAccount.clientSecret,
    'encryption key': own.encryptionKey,
    'URL signing key': bodyOf(own.urlSigningKey),
    'S3 key': file.s3_secret_access_key,
    'signed address': new URL(imageInfo?.download_url ?? '').searchParams.get('api_key') ?? '',
    'kubeadmin password': (await api.credentials(clusterId)).password ?? '',
    'private key of the kubeconfig': bodyOf(decode(clientKey)),
  };
}, 400_000);
afterAll(() => stack?.stop(), 60_000);

const leaks = (places: Place[]): Record<string, string[]> =>
  Object.fromEntries(places.map(({ name, text }): [string, string[]] => [name, findSecrets(text, secrets)]).filter(([, found]) => found.length > 0));

describe('after a whole installation', () => {
  it('there are secrets to look for', () => {
    expect(Object.entries(secrets).filter(([, secret]) => secret.length < 12)).toEqual([]);
    expect(clusterId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('no answer to a bad request repeats one, nor does any log at its finest level', async () => {
    expect(leaks(await provoke(stack))).toEqual({});
    const logs = readLogs(stack.dataDir);
    expect(logs.find(({ name }) => name === 'log api.log')?.text).toContain(clusterId);
    expect(logs.find(({ name }) => name === 'log worker.log')?.text).toContain('"level"');
    expect(leaks(logs)).toEqual({});
  });

  it('the database holds none in clear', async () => {
    const tables = await dumpDatabase(stack.file.database_url);
    expect(tables.find(({ name }) => name === 'table public.clusters')?.text).toContain(clusterId);
    expect(leaks(tables)).toEqual({});
  });

  it('the workflows\' histories hold none', async () => {
    const histories = await exportHistories(stack.file);
    expect(histories.filter(({ name }) => name.includes(clusterId)).length).toBeGreaterThan(3);
    expect(leaks(histories)).toEqual({});
  });

  it('the file storage holds them only where they are for, and none in public', async () => {
    const { file } = stack;
    const isImage = (key: string): boolean => key.endsWith('.iso');
    expect([...(await readBucket(file, file.s3_bucket_public, () => false)).keys()].filter((key) => !/^rhcos-[\w.-]+\.(iso|img)$/.test(key))).toEqual([]);
    const objects = await readBucket(file, file.s3_bucket, (key) => !isImage(key));
    const found = Object.fromEntries([...objects].map(([key, text]) => [placeOf(key), findSecrets(text ?? '', secrets)]));
    const pullSecret = ['token of the pull secret', 'password in the pull secret'];
    for (const [key, names] of Object.entries(found)) {
      const allowed = permitted[key] === 'pull secret' ? pullSecret : (permitted[key] ?? []);
      expect([key, names.filter((name) => !allowed.includes(name))]).toEqual([key, []]);
    }
    expect(found['<cluster>/kubeadmin-password']).toEqual(['kubeadmin password']);
    expect(found['<cluster>/bootstrap.ign']).toEqual(expect.arrayContaining(['private key of the kubeconfig', 'token of the pull secret']));
  });
});

/** A run of the preparation has the same files as what is published of it. */
const placeOf = (key: string): string => key.replace(clusterId, '<cluster>').replace(/runs\/[0-9a-f-]{36}\//, '');

/** What must be in clear, because machines or users read it so; everything else must hold nothing. */
const permitted: Record<string, string[] | 'pull secret'> = {
  // The bootstrap host starts the control plane with the one, and the controller with the other.
  '<cluster>/bootstrap.ign': ['private key of the kubeconfig', 'token of the pull secret', 'password in the pull secret'],
  '<cluster>/kubeadmin-password': ['kubeadmin password'],
  '<cluster>/kubeconfig': ['private key of the kubeconfig'],
  '<cluster>/kubeconfig-noingress': ['private key of the kubeconfig'],
  '<cluster>/install-config.yaml': 'pull secret',
  '<cluster>/discovery.ign': 'pull secret',
};
