import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InstallTestOptions } from './options';
import { UsageError } from './usage-error';

/** The deployment under test and what it takes to use it. */
export interface Target {
  url: string;
  token: string;
  agentToken: string;
  pullSecret: string;
  amsUrl?: string;
  /** Makes the calls to the service; the platform's own by default. */
  fetch?: typeof fetch;
}

interface StackFile {
  api_url?: string;
  user_token?: string;
  agent_token?: string;
  pull_secret?: string;
  ams_url?: string;
}

function read(file: string, hint: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`${file} cannot be read: ${hint}`);
  }
}

function readStack(dataDir: string): StackFile {
  const file = join(dataDir, 'stack.json');
  const text = read(file, 'start the development stack (npm start), or name a deployment with --url');
  try {
    return JSON.parse(text) as StackFile;
  } catch {
    throw new UsageError(`${file} is not JSON`);
  }
}

/** The agents' token of a pull secret. Throws UsageError when it has none. */
export function agentTokenOf(pullSecret: string): string {
  let auth: unknown;
  try {
    auth = (JSON.parse(pullSecret) as { auths?: Record<string, { auth?: unknown }> }).auths?.['cloud.openshift.com']?.auth;
  } catch {
    throw new UsageError('the pull secret is not JSON');
  }
  if (typeof auth !== 'string') throw new UsageError('the pull secret has no entry for cloud.openshift.com');
  return auth;
}

/** What to test, from the options and, without --url, from the running stack's own file; options win. Throws UsageError. */
export function findTarget(options: Pick<InstallTestOptions, 'url' | 'token' | 'agentToken' | 'pullSecretFile' | 'amsUrl' | 'dataDir'>): Target {
  const stack = options.url === undefined ? readStack(options.dataDir) : {};
  const pullSecret = options.pullSecretFile === undefined ? stack.pull_secret : read(options.pullSecretFile, 'expected the pull secret').trim();
  const url = options.url ?? stack.api_url;
  const token = options.token ?? stack.user_token;
  const amsUrl = options.amsUrl ?? stack.ams_url;
  if (!url || !token || !pullSecret) throw new UsageError(`${join(options.dataDir, 'stack.json')} lacks api_url, user_token or pull_secret`);
  return { url, token, pullSecret, agentToken: options.agentToken ?? stack.agent_token ?? agentTokenOf(pullSecret), ...(amsUrl ? { amsUrl } : {}) };
}
