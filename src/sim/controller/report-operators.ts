import { pause } from '../../agent/protocol/pause';
import type { WireOperator } from '../../agent/protocol/wire-cluster';
import type { ControllerRun } from './controller-run';

async function report(run: ControllerRun, name: string, status: 'progressing' | 'available', info: string): Promise<void> {
  const { client } = run.options;
  await run.call(() => client.reportOperator({ name, status, status_info: info }, run.signal));
  run.tell(`operator ${name} is ${status}`);
}

/** The version operator works towards the release and arrives there. */
export async function reportClusterVersion(run: ControllerRun, version: string): Promise<void> {
  await report(run, 'cvo', 'progressing', `Working towards ${version}: 80% complete`);
  await pause(run.options.pace.watchMs, run.signal);
  await report(run, 'cvo', 'available', `Done applying ${version}`);
}

/** The console becomes available; returns once the service says so itself. */
export async function reportConsole(run: ControllerRun): Promise<void> {
  const { client, pace } = run.options;
  await report(run, 'console', 'available', 'All is well');
  for (;;) {
    const [console] = await run.call(() => client.listOperators('console', run.signal));
    if (console?.status === 'available') return;
    await pause(pace.watchMs, run.signal);
  }
}

/** The operators the user asked for are installed one after the other. */
export async function reportOlmOperators(run: ControllerRun, operators: readonly WireOperator[]): Promise<void> {
  for (const { name } of operators.filter((operator) => operator.operator_type === 'olm')) {
    await report(run, name, 'progressing', 'InstallWaiting');
    await pause(run.options.pace.stageMs, run.signal);
    await report(run, name, 'available', 'InstallSucceeded');
  }
}
