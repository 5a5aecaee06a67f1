import { spawn } from 'node:child_process';
import type { AgentOptions } from './options';

type Environment = Readonly<Record<string, string | undefined>>;

/** What Node reads only at its start: whom to trust, and that proxies are to be used. */
export function findMissingEnvironment({ caCertificate, insecure }: Pick<AgentOptions, 'caCertificate' | 'insecure'>, environment: Environment): Record<string, string> {
  const proxied = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'].some((name) => environment[name]);
  const wanted: Record<string, string> = {
    ...(caCertificate === undefined ? {} : { NODE_EXTRA_CA_CERTS: caCertificate }),
    ...(insecure ? { NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_NO_WARNINGS: '1' } : {}),
    ...(proxied ? { NODE_USE_ENV_PROXY: '1' } : {}),
  };
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => environment[name] !== value));
}

/** Runs this program again with more in its environment; resolves with its exit code. Signals to end go to it. */
export function runAgain(more: Readonly<Record<string, string>>, environment: Environment): Promise<number> {
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], { env: { ...environment, ...more }, stdio: 'inherit' });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
