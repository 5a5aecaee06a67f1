import { loadConfig } from '../../src/ams-standin/config';
import type { Log } from '../../src/ams-standin/log';
import { startStandin } from '../../src/ams-standin/server';
import { createDatabase } from '../support/create-database';

export const serviceAccount = { client_id: 'assisted-installer-test', client_secret: 'planted-client+secret:%' };
export const users = [
  {
    username: 'ann', org_id: '11', email: 'ann@example.com', first_name: 'Ann', last_name: 'Example',
    password: 'planted-password', pull_secret_tokens: ['planted-pull-secret'], capabilities: [],
  },
  { username: 'bob', org_id: '22', email: 'bob@example.org', password: 'bobs', capabilities: ['bare_metal_installer_admin'] },
  { username: 'colleague', org_id: '11', password: 'cols' },
  { username: 'nopassword', org_id: '33' },
  { username: 'banned', org_id: '44', banned: true, pull_secret_tokens: ['banned-pull-secret'] },
];

export interface TestStandin {
  url: string;
  tokenUrl: string;
  jwksUrl: string;
  /** Everything it has logged, one JSON object a line. */
  logged(): string;
  requestToken(form: Record<string, string>, headers?: Record<string, string>): Promise<Response>;
  serviceToken(): Promise<string>;
  userToken(username: string): Promise<string>;
  call(token: string, method: string, path: string, body?: unknown): Promise<Response>;
  arm(fault: unknown): Promise<void>;
  close(): Promise<void>;
}

export const accountsPath = '/api/accounts_mgmt/v1';

/** The environment of a stand-in on a database; the port is chosen by the system. */
export function standinEnvironment(databaseUrl: string, extra: Record<string, string> = {}): Record<string, string> {
  return {
    PORT: '0',
    DATABASE_URL: databaseUrl,
    BASE_URL: 'http://ams.test/',
    SERVICE_ACCOUNTS: JSON.stringify([serviceAccount]),
    USERS: JSON.stringify(users),
    ...extra,
  };
}

/** A stand-in in this process on a database of its own (or the given one). */
export async function startTestStandin(
  { databaseUrl, environment }: { databaseUrl?: string; environment?: Record<string, string> } = {},
): Promise<TestStandin> {
  const lines: string[] = [];
  const log: Log = (level, message, fields) => lines.push(JSON.stringify({ level, message, ...fields }));
  const config = loadConfig(standinEnvironment(databaseUrl ?? await createDatabase(), environment));
  const running = await startStandin(config, log);
  const url = `http://127.0.0.1:${running.port}`;
  const connect = `${url}/auth/realms/redhat-external/protocol/openid-connect`;

  async function requestToken(form: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${connect}/token`, { method: 'POST', body: new URLSearchParams(form), headers });
  }

  async function tokenOf(form: Record<string, string>): Promise<string> {
    const response = await requestToken(form);
    if (!response.ok) throw new Error(`no token: ${response.status}`);
    const { access_token: token } = await response.json() as { access_token: string };
    return token;
  }

  return {
    url,
    tokenUrl: `${connect}/token`,
    jwksUrl: `${connect}/certs`,
    logged: () => lines.join('\n'),
    requestToken,
    serviceToken: () => tokenOf({ grant_type: 'client_credentials', ...serviceAccount }),
    userToken: (username) => tokenOf({
      grant_type: 'password', username, password: users.find((user) => user.username === username)?.password ?? '',
    }),
    call: (token, method, path, body) => fetch(`${url}${path}`, {
      method,
      headers: { authorization: `bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    async arm(fault) {
      const response = await fetch(`${url}/faults`, { method: 'POST', body: JSON.stringify(fault) });
      if (response.status !== 201) throw new Error(await response.text());
    },
    close: () => running.close(),
  };
}

/** Reserves a subscription for a cluster and returns it. */
export async function reserve(
  standin: TestStandin,
  token: string,
  wanted: { account_username: string; cluster_id: string; display_name: string },
): Promise<Record<string, unknown> & { id: string }> {
  const response = await standin.call(token, 'POST', `${accountsPath}/cluster_authorizations`, {
    ...wanted, managed: false, product_id: 'OCP', product_category: 'AssistedInstall', reserve: true, resources: [],
  });
  if (response.status !== 200) throw new Error(`reserve: ${response.status} ${await response.text()}`);
  const { subscription } = await response.json() as { subscription: Record<string, unknown> & { id: string } };
  return subscription;
}
