import { pause } from '../pause';
import { attempt } from './attempt';
import type { ControllerRun } from './controller-run';
import { lookUntil } from './look-until';

/** Gives bare metal hosts their hardware, now and whenever one is new; what fails is told and tried again. */
export async function keepSettlingHosts(run: ControllerRun): Promise<never> {
  for (;;) {
    await settleHosts(run);
    await pause(run.options.pace.bareMetalHostsEveryMs, run.signal);
  }
}

/** Gives bare metal hosts their hardware once. */
export async function settleHosts(run: ControllerRun): Promise<void> {
  const settled = await attempt(run, 'bare metal hosts', [], () => run.options.cluster.settleBareMetalHosts(run.signal));
  for (const name of settled) run.tell(`bare metal host ${name} has its hardware`);
}

/** Looks after the address of the cluster's name server until it has it. */
export async function mendDns(run: ControllerRun): Promise<void> {
  const { cluster, pace } = run.options;
  await lookUntil(run, 'address of the name server', pace.dns, async () => (await cluster.freeDnsAddress((what) => run.tell(what), run.signal)) || undefined);
}
