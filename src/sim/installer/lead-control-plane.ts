import { pause } from '../../agent/protocol/pause';
import type { WireHost } from '../../agent/protocol/wire-cluster';
import type { HostStage } from '../../domain/host/stage';
import type { InstallerRun } from './installer-run';

const joinedStages: readonly (HostStage | '')[] = ['Joined', 'Done'];
const neededMasters = 2;

/** What the bootstrap host sees next of a host that has rebooted; undefined when there is nothing new. */
function nextStageOf(host: WireHost): HostStage | undefined {
  const stage = host.progress?.current_stage;
  if (host.role === 'worker') return stage === 'Rebooting' ? 'Waiting for ignition' : undefined;
  if (stage === 'Rebooting') return 'Configuring';
  return stage === 'Configuring' ? 'Joined' : undefined;
}

/**
 * What only a bootstrap host does: it serves the other masters, reports what it sees of the other hosts, and waits until
 * two masters have joined and the controller runs.
 */
export async function leadControlPlane(run: InstallerRun): Promise<void> {
  const { client, hostId, pace, signal } = run.options;
  await run.report('Waiting for control plane');
  for (;;) {
    const others = (await run.call(() => client.listHosts(signal))).filter((host) => host.id !== hostId && host.status !== 'disabled');
    const joined = others.filter((host) => host.role === 'master' && joinedStages.includes(host.progress?.current_stage ?? ''));
    if (joined.length >= neededMasters) break;
    for (const host of others) {
      const stage = nextStageOf(host);
      if (stage) await run.reportFor(host.id, stage);
    }
    await pause(pace.watchMs, signal);
  }
  await run.report('Waiting for bootkube');
  await pause(pace.stageMs, signal);
  await run.report('Waiting for controller');
  await pause(pace.stageMs, signal);
}
