import { describeProgramEnd } from '../../domain/program/describe-program-end';
import { isRecord } from '../protocol/is-record';
import type { Machine } from '../machine/machine';

const longestMs = 420_000;

/** The same measurement by fio, in milliseconds. It writes zeros: only for a disk that is empty. */
export async function measureByFio(machine: Machine, path: string, signal: AbortSignal): Promise<number> {
  const result = await machine.run('fio', [
    `--filename=${path}`, '--name=sync', '--rw=write', '--ioengine=sync', '--size=22m', '--bs=2300', '--fdatasync=1', '--zero_buffers=1', '--output-format=json',
  ], { signal, timeoutMs: longestMs });
  if (result.end !== 'exited' || result.code !== 0) throw new Error(`fio ${describeProgramEnd(result)}`);
  const nanoseconds = findPercentile(JSON.parse(result.stdout.slice(result.stdout.indexOf('{'))));
  if (nanoseconds === undefined) throw new Error('fio did not tell how long synchronized writes take');
  return nanoseconds / 1e6;
}

/** `jobs[0].sync.lat_ns.percentile["99.000000"]` */
function findPercentile(report: unknown): number | undefined {
  const at = (value: unknown, key: string): unknown => (isRecord(value) ? value[key] : undefined);
  const jobs = at(report, 'jobs');
  const value = at(at(at(at(Array.isArray(jobs) ? jobs[0] : undefined, 'sync'), 'lat_ns'), 'percentile'), '99.000000');
  return typeof value === 'number' ? value : undefined;
}
