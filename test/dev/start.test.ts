import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkPorts, listPorts } from '../../src/dev/ports';
import { findIdentity } from '../../src/dev/process/identity';
import type { StackFile } from '../../src/dev/stack-file';
import { waitUntil } from '../../src/dev/wait-until';
import { findFreePortBase } from '../support/free-port-base';
import { LauncherProcess } from './launcher-process';

let home: string;
let data: string;
let base: number;
const running: LauncherProcess[] = [];

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'assisted-start-'));
  data = join(home, 'data');
  base = await findFreePortBase();
});

afterAll(async () => {
  for (const launcher of running) launcher.signal('SIGTERM');
  await Promise.all(running.map(({ exited }) => exited));
  rmSync(home, { recursive: true, force: true });
});

function start(args: readonly string[], env?: NodeJS.ProcessEnv): LauncherProcess {
  const launcher = new LauncherProcess(args, env);
  running.push(launcher);
  return launcher;
}

const readStack = () => JSON.parse(readFileSync(join(data, 'stack.json'), 'utf8')) as StackFile;
const livePids = ({ pids }: StackFile) => Object.entries(pids).filter(([, pid]) => findIdentity(pid));

async function query(stack: StackFile, text: string) {
  const sql = postgres(stack.database_url, { max: 1 });
  try {
    return await sql.unsafe(text);
  } finally {
    await sql.end();
  }
}

describe('npm start', () => {
  it('starts the stack, survives its faults, stops cleanly and finds its data again', { timeout: 900_000 }, async () => {
    const first = start(['--data', data, '--port-base', String(base)]);
    const stack = await first.untilReady(data);
    expect(statSync(join(data, 'stack.json')).mode & 0o777).toBe(0o600);
    expect(statSync(join(data, 'secrets.json')).mode & 0o777).toBe(0o600);
    expect(
      livePids(stack)
        .map(([name]) => name)
        .sort(),
    ).toEqual(['ams', 'api', 'launcher', 'postgres', 's3', 'temporal', 'worker']);
    const behindGateway = await fetch(`${stack.gateway_url}/api/assisted-install/v1/clusters`, {
      headers: { authorization: `bearer ${stack.user_token}` },
    });
    expect(await behindGateway.json()).toEqual([]);
    const answer = await fetch(`${stack.api_url}/api/assisted-install/v1/clusters`, {
      headers: { authorization: `Bearer ${stack.user_token}` },
    });
    expect(answer.status).toBe(200);
    expect(first.text()).toContain(stack.user_token);
    expect(first.text()).toContain(stack.temporal_ui_url);
    await query(stack, 'create table kept (n int)');

    const second = start(['--data', data, '--port-base', String(await findFreePortBase())]);
    expect(await second.exited).toBe(1);
    expect(second.text().trim()).toMatch(new RegExp(`^.*${data} is already running \\(process ${stack.pids.launcher}\\)$`));

    process.kill(stack.pids.api, 'SIGKILL');
    await waitUntil('a new API process', () => readStack().pids.api !== stack.pids.api, { timeoutMs: 60_000 });
    await waitUntil('the API to serve', async () => (await fetch(`${stack.api_url}/ready`)).ok, { timeoutMs: 60_000 });
    expect(first.text()).toContain('api ended by SIGKILL');

    const last = readStack();
    first.signal('SIGINT');
    expect(await first.exited).toBe(0);
    expect(livePids(last)).toEqual([]);
    await checkPorts(listPorts(base));
    expect(existsSync(join(data, 'stack.json'))).toBe(false);

    const third = start(['--data', data, '--port-base', String(base)]);
    const again = await third.untilReady(data);
    expect(third.text()).toContain('found again');
    expect(again.pull_secret).toBe(stack.pull_secret);
    expect(await query(again, 'select count(*)::int as n from kept')).toEqual([{ n: 0 }]);

    process.kill(again.pids.postgres, 'SIGKILL');
    expect(await third.exited).toBe(1);
    expect(third.text()).toContain('postgres ended by SIGKILL');
    expect(livePids(again)).toEqual([]);
  });

  it('leaves nothing behind when it is ephemeral', { timeout: 600_000 }, async () => {
    const dir = join(home, 'ephemeral');
    const launcher = start(['--ephemeral', '--data', dir, '--port-base', String(await findFreePortBase())]);
    const stack = await launcher.untilReady(dir);
    launcher.signal('SIGTERM');
    expect(await launcher.exited).toBe(0);
    expect(livePids(stack)).toEqual([]);
    expect(existsSync(dir)).toBe(false);
  });

  it('stops in the middle of a start', async () => {
    const dir = join(home, 'interrupted');
    const ports = await findFreePortBase();
    const launcher = start(['--data', dir, '--port-base', String(ports)]);
    await waitUntil('a first part', () => existsSync(join(dir, 'run')) && readdirSync(join(dir, 'run')).length > 1);
    launcher.signal('SIGINT');
    expect(await launcher.exited).toBe(0);
    await checkPorts(listPorts(ports));
    expect(readdirSync(join(dir, 'run'))).toEqual([]);
  });
});

describe('npm start refuses in one line and without starting anything,', () => {
  async function refusal(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<string> {
    const launcher = start(args, env);
    expect(await launcher.exited).toBe(1);
    const text = launcher.text().trim();
    expect(text).not.toContain('\n');
    return text;
  }

  it('an unknown flag', async () => {
    expect(await refusal(['--bogus'])).toContain('--bogus');
  });

  it('a taken port', async () => {
    const ports = await findFreePortBase();
    const { createServer } = await import('node:net');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(ports + 5, '127.0.0.1', resolve));
    const text = await refusal(['--data', join(home, 'taken'), '--port-base', String(ports)]);
    await new Promise((resolve) => server.close(resolve));
    expect(text).toContain(`port ${ports + 5}, meant for Postgres, is taken by process ${process.pid}`);
    expect(text).toContain('--port-base');
  });

  it('an ephemeral stack in a directory with content', async () => {
    const dir = join(home, 'full');
    mkdirSync(dir);
    writeFileSync(join(dir, 'file'), '');
    expect(await refusal(['--ephemeral', '--data', dir])).toContain('not empty');
    expect(readdirSync(dir)).toEqual(['file']);
  });
});
