import { spawnPart, type RunningPart } from '../../src/dev/process/spawn-part';

/** Starts moto on 127.0.0.1; ready when this resolves. */
export async function startMoto({ python, port, logFile }: { python: string; port: number; logFile: string }): Promise<RunningPart & { url: string }> {
  const part = spawnPart({
    name: 'moto',
    command: [python, '-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)],
    env: {},
    logFile,
    stopSignal: 'SIGTERM',
    hurrySignal: 'SIGKILL',
    stopGraceMs: 5_000,
  });
  const url = `http://127.0.0.1:${port}`;
  await part.untilReady(async () => (await fetch(`${url}/moto-api/data.json`, { signal: AbortSignal.timeout(5_000) })).ok);
  return { ...part, url };
}
