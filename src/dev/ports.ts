import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { LaunchError } from './launch-error';
import { readCommandLine } from './process/identity';
import { devSettings } from './settings';

export type StackPorts = Record<keyof typeof devSettings.ports, number>;

const titles: Record<keyof StackPorts, string> = {
  api: 'the API',
  temporal: 'Temporal',
  temporalUi: 'Temporal Web',
  s3: 'the S3 server',
  ams: 'the AMS stand-in',
  postgres: 'Postgres',
  worker: 'the worker',
  gateway: 'the gateway',
};

/** The ports of a stack, counted from its base. */
export function listPorts(portBase: number): StackPorts {
  const entries = Object.entries(devSettings.ports).map(([name, offset]) => [name, portBase + offset]);
  return Object.fromEntries(entries) as StackPorts;
}

/** Throws a LaunchError that names the first taken port, the part it is for, and who holds it where that can be seen. */
export async function checkPorts(ports: StackPorts): Promise<void> {
  for (const name of Object.keys(titles) as (keyof StackPorts)[]) {
    const port = ports[name];
    if (await isFree(port)) continue;
    const holder = findPortHolder(port);
    const by = holder ? ` by process ${holder.pid} (${holder.command})` : '';
    throw new LaunchError(
      `port ${port}, meant for ${titles[name]}, is taken${by}; stop it or choose other ports: npm start -- --port-base N`,
    );
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** The process that listens on a TCP port, when /proc lets us see it. Source: proc(5), /proc/net/tcp. */
export function findPortHolder(port: number): { pid: number; command: string } | undefined {
  const inodes = new Set(['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => listenInodes(table, port)));
  if (inodes.size === 0) return undefined;
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    if (descriptors(entry).some((target) => inodes.has(target))) {
      const pid = Number(entry);
      return { pid, command: readCommandLine(pid).slice(0, 80) };
    }
  }
  return undefined;
}

function listenInodes(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  try {
    return readFileSync(table, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[1]?.endsWith(suffix) && fields[3] === '0A')
      .map((fields) => `socket:[${fields[9]}]`);
  } catch {
    return [];
  }
}

function descriptors(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${fd}`);
      } catch {
        return '';
      }
    });
  } catch {
    return [];
  }
}
