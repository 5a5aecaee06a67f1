import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type InstallTestOptions, parseOptions } from '../../../src/cli/install-test/options';
import { findTarget } from '../../../src/cli/install-test/target';

const dir = mkdtempSync(join(tmpdir(), 'install-test-options-'));
afterAll(() => rmSync(dir, { recursive: true }));
const pullSecret = JSON.stringify({ auths: { 'cloud.openshift.com': { auth: 'dXNlcjpzZWNyZXQ=' } } });
const file = (name: string, content: string): string => {
  writeFileSync(join(dir, name), content);
  return join(dir, name);
};
const parse = (...argv: string[]): InstallTestOptions => {
  const options = parseOptions(argv);
  if (options === 'help') throw new Error('help');
  return options;
};

describe('options', () => {
  it('have defaults', () => {
    expect(parse()).toEqual({ version: '4.8', hosts: 3, singleNode: false, network: 'static', operators: [], keep: false, timeoutMs: 600_000, dataDir: '.data' });
  });

  it('are read', () => {
    const options = parse('--url', 'http://x', '--token', 't', '--pull-secret-file', 'p', '--hosts', '5', '--timeout', '90s', '--keep', '--junit', 'r.xml');
    expect(options).toMatchObject({ url: 'http://x', token: 't', pullSecretFile: 'p', hosts: 5, timeoutMs: 90_000, keep: true, junit: 'r.xml' });
    expect(parseOptions(['--help'])).toBe('help');
  });

  it('name the kind of cluster', () => {
    expect(parse('--network', 'dhcp')).toMatchObject({ hosts: 3, network: 'dhcp' });
    expect(parse('--hosts', '5', '--network', 'user-managed')).toMatchObject({ hosts: 5, network: 'user-managed' });
    expect(parse('--single-node')).toMatchObject({ hosts: 1, singleNode: true, network: 'user-managed' });
    expect(parse('--operators', 'lso, ocs')).toMatchObject({ operators: ['lso', 'ocs'] });
  });

  it.each([
    [['--network', 'none'], '--network none'],
    [['--single-node', '--hosts', '3'], '--single-node'],
    [['--single-node', '--network', 'dhcp'], '--single-node'],
    [['--hosts', '4'], '--hosts 4'],
    [['--hosts', 'many'], '--hosts many'],
    [['--timeout', '0s'], '--timeout 0s'],
    [['--timeout', '10'], '--timeout 10'],
    [['--url', 'http://x'], '--url needs --token'],
    [['--nonsense'], '--nonsense'],
    [['stray'], 'stray'],
  ])('%j is wrong use', (argv, message) => {
    expect(() => parseOptions(argv)).toThrow(message);
    expect(() => parseOptions(argv)).toThrow(expect.objectContaining({ name: 'UsageError' }) as Error);
  });
});

describe('target', () => {
  it('is the running stack without --url', () => {
    file('stack.json', JSON.stringify({ api_url: 'http://127.0.0.1:8090', user_token: 'u', agent_token: 'a', pull_secret: pullSecret, ams_url: 'http://127.0.0.1:8094', pids: {} }));
    expect(findTarget(parse('--data', dir))).toEqual({ url: 'http://127.0.0.1:8090', token: 'u', agentToken: 'a', pullSecret, amsUrl: 'http://127.0.0.1:8094' });
    expect(findTarget(parse('--data', dir, '--token', 'mine'))).toMatchObject({ token: 'mine' });
  });

  it('is the named deployment with --url, with the agents\' token of the pull secret', () => {
    const secretFile = file('pull-secret', `${pullSecret}\n`);
    const target = findTarget(parse('--url', 'https://api.example.com', '--token', 't', '--pull-secret-file', secretFile, '--data', dir));
    expect(target).toEqual({ url: 'https://api.example.com', token: 't', pullSecret, agentToken: 'dXNlcjpzZWNyZXQ=' });
  });

  it('is refused in one sentence when something is missing', () => {
    expect(() => findTarget(parse('--data', join(dir, 'nowhere')))).toThrow('npm start');
    const empty = file('no-auth', '{"auths":{}}');
    expect(() => findTarget(parse('--url', 'http://x', '--token', 't', '--pull-secret-file', empty))).toThrow('cloud.openshift.com');
  });
});
