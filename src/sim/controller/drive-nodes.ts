import { pause } from '../../agent/protocol/pause';
import type { WireHost } from '../../agent/protocol/wire-cluster';
import type { HostStage } from '../../domain/host/stage';
import type { ControllerRun } from './controller-run';

const nextStages: Partial<Record<HostStage | '', HostStage>> = {
  Rebooting: 'Configuring',
  'Waiting for ignition': 'Configuring',
  Configuring: 'Joined',
  Joined: 'Done',
};

function isSettled(host: WireHost): boolean {
  return host.status === 'installed' || host.status === 'error' || host.status === 'disabled';
}

/** Reports what becomes of each node after its restart, one stage a look, until every host has arrived or failed. */
export async function driveNodes(run: ControllerRun): Promise<void> {
  const { client, pace } = run.options;
  for (;;) {
    const hosts = await run.call(() => client.listHosts(run.signal));
    const moving = hosts.filter((host) => !isSettled(host));
    if (moving.length === 0) return;
    for (const host of moving) {
      const stage = nextStages[host.progress?.current_stage ?? ''];
      if (!stage) continue;
      await run.call(() => client.updateProgress(host.id, stage, '', run.signal));
      run.options.observe({ kind: 'stage', hostId: host.id, stage, info: '' });
    }
    await pause(pace.watchMs, run.signal);
  }
}
