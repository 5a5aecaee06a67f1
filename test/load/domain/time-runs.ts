import { PerformanceObserver } from 'node:perf_hooks';
import { setImmediate as turn } from 'node:timers/promises';

/** CPU time of one run. */
export interface RunTime {
  medianMs: number;
  runs: number;
  /** The part of the time from the first to the last run in which garbage was collected, 0 to 1. */
  collecting: number;
}

const warmRuns = 30;
const measuredRuns = 40;
const leastMs = 1_000;

/** CPU milliseconds of this process, its helper threads included; what other programs do on the machine does not count. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

function timeOnce(run: () => unknown): number {
  const before = cpuMs();
  run();
  return cpuMs() - before;
}

/** Runs at least so often, and until so much CPU time is spent. */
function timeMany(run: () => unknown, leastRuns: number): number[] {
  const times: number[] = [];
  const until = cpuMs() + leastMs;
  while (times.length < leastRuns || cpuMs() < until) times.push(timeOnce(run));
  return times;
}

export function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? NaN;
}

/** The median of many runs, after so many that the machine code is warm. Counted in runs and CPU time, as a busy machine gives little of it in a second. */
export async function timeRuns(run: () => unknown): Promise<RunTime> {
  timeMany(run, warmRuns);
  let collectedMs = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) collectedMs += duration;
  });
  await turn();
  observer.observe({ entryTypes: ['gc'] });
  const started = performance.now();
  const times = timeMany(run, measuredRuns);
  const elapsed = performance.now() - started;
  // Collections are told in a later turn of the event loop.
  await turn();
  await turn();
  observer.disconnect();
  return { medianMs: median(times), runs: times.length, collecting: collectedMs / elapsed };
}

/** Medians of several pieces of work that take turns, so that whatever slows the machine meets all of them; each must be warm. */
export function timeInTurns(rounds: number, works: readonly { run: () => unknown; times: number }[]): number[] {
  const times = works.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, work] of works.entries()) for (let time = 0; time < work.times; time += 1) times[index]?.push(timeOnce(work.run));
  }
  return times.map(median);
}
