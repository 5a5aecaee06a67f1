import { pause } from '../pause';
import type { WireOperator } from '../wire-cluster';
import { attempt } from './attempt';
import type { ControllerRun } from './controller-run';
import { insist } from './insist';
import { lookUntil } from './look-until';
import type { OperatorState } from './new-cluster';

type Seen = WireOperator | undefined;

const isNews = (state: OperatorState, seen: Seen): boolean => seen?.status !== state.status || seen.status_info !== state.status_info;
const isFinal = ({ status }: WireOperator): boolean => status === 'available' || status === 'failed';

async function report(run: ControllerRun, name: string, state: OperatorState): Promise<void> {
  await run.call(() => run.options.client.reportOperator({ name, ...state }, run.signal));
  run.tell(`operator ${name} is ${state.status}`);
}

async function readReported(run: ControllerRun, name: string): Promise<Seen> {
  const [seen] = await run.call(() => run.options.client.listOperators(name, run.signal));
  return seen;
}

/** Reports the operator of the release until it has arrived there. Rejects when nothing about it changes for too long. */
export async function reportClusterVersion(run: ControllerRun): Promise<void> {
  const { cluster, pace } = run.options;
  // Each change begins the limit anew.
  const untilChange = (): Promise<'changed' | 'arrived'> => lookUntil(run, 'cluster version', pace.version, async () => {
    const seen = await readReported(run, 'cvo');
    if (seen?.status === 'available') return 'arrived';
    const state = await cluster.findClusterVersion(run.signal);
    if (!state || !isNews(state, seen)) return undefined;
    await report(run, 'cvo', state);
    return 'changed';
  });
  while ((await untilChange()) === 'changed') await pause(pace.version.everyMs, run.signal);
}

/** Reports the console until the service itself says that it is available. */
export async function reportConsole(run: ControllerRun): Promise<void> {
  const { cluster, pace } = run.options;
  let last = '';
  try {
    await lookUntil(run, 'operator console', pace.console, async () => {
      const state = await cluster.findOperator('console', run.signal);
      if (!state) return undefined;
      last = `${state.status}: ${state.status_info}`;
      if (isNews(state, await readReported(run, 'console'))) await report(run, 'console', state);
      return (await readReported(run, 'console'))?.status === 'available' ? true : undefined;
    });
  } catch (error) {
    run.signal.throwIfAborted();
    throw new Error(`${error instanceof Error ? error.message : String(error)}${last && `; last seen ${last}`}`, { cause: error });
  }
}

const isPending = (operator: WireOperator): boolean => operator.operator_type === 'olm' && !isFinal(operator);

/**
 * Reports the operators of the user until each has arrived or failed; one whose time is over has failed. One that cannot be seen holds up no
 * other. Never rejects for an operator.
 */
export async function reportOlmOperators(run: ControllerRun): Promise<void> {
  const { client, cluster, pace } = run.options;
  const list = (): Promise<WireOperator[]> => client.listOperators(undefined, run.signal);
  const first = (await insist(run, 'operators', list)).filter(isPending);
  if (first.length === 0) return;
  const limitMs = Math.max(...first.map(({ timeout_seconds: seconds = 0 }) => seconds)) * 1_000;
  const look = async (): Promise<true | undefined> => {
    for (const seen of (await run.call(list)).filter(isPending)) {
      const { name, namespace = '', subscription_name: subscriptionName = '' } = seen;
      await attempt(run, `operator ${name}`, undefined, async () => {
        const state = await cluster.findOlmOperator({ name, namespace, subscriptionName }, run.signal);
        if (state && isNews(state, seen)) await report(run, name, state);
      });
    }
    return (await run.call(list)).some(isPending) ? undefined : true;
  };
  try {
    await lookUntil(run, 'operators', { everyMs: pace.olmEveryMs, limitMs }, look);
  } catch {
    run.signal.throwIfAborted();
    const status_info = `not available within ${Math.round(limitMs / 60_000)} minutes`;
    for (const { name } of (await insist(run, 'operators', list)).filter(isPending)) await insist(run, `operator ${name}`, () => report(run, name, { status: 'failed', status_info }));
  }
}
