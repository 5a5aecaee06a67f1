import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createDatabase } from '../support/create-database';
import { accountsPath, reserve, serviceAccount, standinEnvironment, startTestStandin } from './test-standin';

const entry = fileURLToPath(new URL('../../src/ams-standin/main.ts', import.meta.url));
const loader = createRequire(import.meta.url).resolve('tsx');

function start(environment: Record<string, string>) {
  const child = spawn(process.execPath, ['--import', loader, entry], {
    env: { PATH: process.env['PATH'] ?? '', ...environment }, stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: Record<string, unknown>[] = [];
  const reader = createInterface(child.stdout);
  reader.on('line', (line) => lines.push(JSON.parse(line) as Record<string, unknown>));
  return { child, lines, reader };
}

describe('the stand-in as a process', () => {
  it('serves, ends on SIGTERM with code 0, and keeps its data', async () => {
    const databaseUrl = await createDatabase();
    const { child, lines, reader } = start(standinEnvironment(databaseUrl));
    const ended = once(child, 'exit');
    await once(reader, 'line');
    const url = `http://127.0.0.1:${String(lines[0]?.['port'])}`;
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'ok' });
    const answer = await fetch(`${url}/auth/realms/redhat-external/protocol/openid-connect/token`, {
      method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials', ...serviceAccount }),
    });
    const { access_token: token } = await answer.json() as { access_token: string };
    const created = await fetch(`${url}${accountsPath}/cluster_authorizations`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({ account_username: 'ann', cluster_id: 'kept', reserve: true }),
    });
    expect(created.status).toBe(200);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(lines.map((line) => [line['message'], line['path'], line['status']])).toEqual([
      ['listening', undefined, undefined],
      ['request', '/health', 200],
      ['request', '/auth/realms/redhat-external/protocol/openid-connect/token', 200],
      ['request', `${accountsPath}/cluster_authorizations`, 200],
      ['stopping', undefined, undefined],
    ]);

    const next = await startTestStandin({ databaseUrl });
    const list = await next.call(token, 'GET', `${accountsPath}/subscriptions`);
    expect(await list.json()).toMatchObject({ total: 1, items: [{ cluster_id: 'kept' }] });
    await next.close();
  });

  it('says what is wrong with its configuration and ends with code 1', async () => {
    const { child, lines } = start({ PORT: '0' });
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(lines).toMatchObject([{ level: 'error', message: 'start failed', error: expect.stringContaining('DATABASE_URL') }]);
  });

  it('may start several times at once on an empty database', async () => {
    const databaseUrl = await createDatabase();
    const standins = await Promise.all([1, 2, 3].map(() => startTestStandin({ databaseUrl })));
    const documents = await Promise.all(standins.map(async ({ jwksUrl }) => (await fetch(jwksUrl)).json()));
    expect(new Set(documents.map((document) => JSON.stringify(document))).size).toBe(1);
    await Promise.all(standins.map((standin) => standin.close()));
  });

  it('logs no secrets', async () => {
    const standin = await startTestStandin();
    const token = await standin.serviceToken();
    await standin.userToken('ann');
    await standin.call(token, 'POST', `${accountsPath}/token_authorization`, { authorization_token: 'planted-pull-secret' });
    await standin.call(token, 'POST', `${accountsPath}/token_authorization`, { authorization_token: 'planted-wrong-secret' });
    await reserve(standin, token, { account_username: 'ann', cluster_id: 'x', display_name: 'x' });
    await standin.close();
    expect(standin.logged().split('\n')).toHaveLength(5);
    expect(standin.logged()).not.toContain('planted');
    expect(standin.logged()).not.toContain(token.slice(0, 20));
  });
});
