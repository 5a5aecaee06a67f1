import { checkout } from '../checkout';
import { spawnPart, type PartOwner, type RunningPart } from '../process/spawn-part';

export interface ServiceOptions {
  role: 'api' | 'worker';
  /** The built program. */
  script: string;
  port: number;
  /** What both roles have in common. */
  env: Record<string, string>;
  logFile: string;
  owner?: PartOwner;
}

export interface ServiceProcess extends RunningPart {
  url: string;
}

/**
 * Keeps a resting worker small (docs/performance.md): freed memory goes back to the system, and the young generation does not
 * grow with the burst of a start. The API keeps Node's defaults, which suit many requests.
 */
const lean = {
  api: { flags: [], env: { MALLOC_ARENA_MAX: '2' } },
  worker: { flags: ['--max-semi-space-size=2'], env: { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072' } },
};

/** Starts one process of the service. It answers at once, but is ready only when `untilServing` resolves. */
export function startService({ role, script, port, env, logFile, owner }: ServiceOptions): ServiceProcess {
  const part = spawnPart({
    name: role,
    command: [process.execPath, ...lean[role].flags, script],
    cwd: checkout,
    env: { ...lean[role].env, ...env, ROLE: role, PORT: String(port), LISTEN_ADDRESS: '127.0.0.1' },
    logFile,
    owner,
    stopSignal: 'SIGTERM',
    hurrySignal: 'SIGKILL',
    stopGraceMs: 20_000,
  });
  return { ...part, url: `http://127.0.0.1:${port}` };
}

/** Waits until /ready answers 200; `onReason` hears each new reason why it does not. */
export async function untilServing(service: ServiceProcess, onReason: (reason: string) => void, timeoutMs = 180_000): Promise<void> {
  let last = '';
  await service.untilReady(async () => {
    const response = await fetch(`${service.url}/ready`, { signal: AbortSignal.timeout(5_000) });
    if (response.ok) return true;
    const reason = describeReasons(await response.text());
    if (reason !== last) onReason(reason);
    last = reason;
    return false;
  }, timeoutMs);
}

function describeReasons(body: string): string {
  try {
    return (JSON.parse(body) as { reasons: string[] }).reasons.join(' ');
  } catch {
    return body.slice(0, 300);
  }
}
