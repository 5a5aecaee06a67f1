import type { HostStage } from '../../../domain/host/stage';
import type { InstallerRun } from './installer-run';

const joinedStages: readonly (HostStage | '')[] = ['Joined', 'Done'];
const neededMasters = 2;

/**
 * What only a bootstrap host does: it serves the other masters, reports what it sees of the other hosts, and waits until
 * two masters have joined and the controller runs.
 */
export async function leadControlPlane(run: InstallerRun): Promise<void> {
  const { client, hostId, work, signal } = run.options;
  await run.report('Waiting for control plane');
  for (;;) {
    const others = (await run.call(() => client.listHosts(signal))).filter((host) => host.id !== hostId && host.status !== 'disabled');
    const joined = others.filter((host) => host.role === 'master' && joinedStages.includes(host.progress?.current_stage ?? ''));
    if (joined.length >= neededMasters) break;
    for (const host of others) {
      const stage = await work.seenStage(host);
      if (stage) await run.reportSeen(host.id, stage);
    }
    await work.awaitNextLook();
  }
  await run.report('Waiting for bootkube');
  await work.awaitBootkube();
  await run.report('Waiting for controller');
  await work.awaitController();
}
