import { findCacheDir } from './cache-dir';
import { LaunchError } from './launch-error';
import { checkMachine } from './machine';
import { findPostgresBinaries } from './parts/postgres-binaries';
import { checkPorts, type StackPorts } from './ports';
import { planTool, type PlanOptions, type ToolPlan } from './tools/plan-tool';
import { temporalTool, versitygwTool } from './tools/tool';

export interface Preconditions {
  temporal: ToolPlan;
  versitygw: ToolPlan;
}

/** Checks, within five seconds and before anything is started, all that a start needs; throws one LaunchError that names every fault. */
export async function checkPreconditions(ports: StackPorts, options: PlanOptions = { cacheDir: findCacheDir() }): Promise<Preconditions> {
  checkMachine();
  const [taken, binaries, temporal, versitygw] = await Promise.allSettled([
    checkPorts(ports),
    findPostgresBinaries(),
    planTool(temporalTool, options),
    planTool(versitygwTool, options),
  ]);
  const faults = [taken, binaries, temporal, versitygw].flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []));
  const unexpected = faults.find((fault) => !(fault instanceof LaunchError));
  if (unexpected) throw unexpected;
  if (temporal.status === 'rejected' || versitygw.status === 'rejected' || faults.length > 0) {
    throw new LaunchError(faults.map((fault) => (fault instanceof Error ? fault.message : '')).join('\n'));
  }
  return { temporal: temporal.value, versitygw: versitygw.value };
}
