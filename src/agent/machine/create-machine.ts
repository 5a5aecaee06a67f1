import { hostname } from 'node:os';
import { runProgram } from '../../programs/run-program';
import { findProgram } from '../../programs/find-program';
import { pause } from '../protocol/pause';
import { findHostRoot } from './find-host-root';
import { hostPrograms } from './host-programs';
import type { Machine } from './machine';

const systemFolders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
const proxyVariables = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'];

export interface MachineOptions {
  /** Default: the running system. */
  root?: string;
  /** Of the agent; programs get its PATH and proxies, and nothing else of it. */
  environment: Readonly<Record<string, string | undefined>>;
}

/** The machine this process runs on. */
export function createMachine({ root = '', environment }: MachineOptions): Machine {
  const path = [...new Set([...(environment['PATH'] ?? '').split(':').filter((folder) => folder !== ''), ...systemFolders])].join(':');
  const proxies = proxyVariables.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]] as const]));
  const env = { PATH: path, LANG: 'C', LC_ALL: 'C', HOME: '/root', ...Object.fromEntries(proxies) };
  const container = findHostRoot();

  /** What to start for a program: in a container, programs of the machine itself see its file system and no other. */
  function find(name: string): { program: string; before: string[] } | undefined {
    if (container === undefined || !hostPrograms.has(name)) {
      const program = findProgram(name, path);
      return program === undefined ? undefined : { program, before: [] };
    }
    const onHost = findProgram(name, path.split(':').map((folder) => `${container}${folder}`).join(':'));
    const enter = findProgram('nsenter', path);
    return onHost === undefined || enter === undefined ? undefined : { program: enter, before: ['--target', '1', '--mount', '--', onHost.slice(container.length)] };
  }

  return {
    root,
    hostRoot: container ?? root,
    has: (program) => find(program) !== undefined,
    run: async (program, args, { timeoutMs = 20_000, maxOutputBytes = 8 * 1024 * 1024, keepsEnd = false, stdin, onErrorOutput, signal } = {}) => {
      const found = find(program);
      if (found === undefined) return { end: 'not-started', reason: `${program} is not installed`, stdout: '', stderr: '' };
      return runProgram({ program: found.program, args: [...found.before, ...args], env, timeoutMs, maxOutputBytes, keepsEnd, ...(stdin === undefined ? {} : { stdin }), ...(onErrorOutput ? { onErrorOutput } : {}), ...(signal ? { signal } : {}) });
    },
    hostname,
    now: () => new Date(),
    pause,
  };
}
