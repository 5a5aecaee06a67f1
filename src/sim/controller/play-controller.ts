import { ControllerRun, type ControllerOptions } from '../../agent/protocol/controller/controller-run';
import { runController } from '../../agent/protocol/controller/run-controller';
import { contactService } from '../../agent/protocol/controller/watch-cluster';
import { pause } from '../../agent/protocol/pause';
import type { WireHost } from '../../agent/protocol/wire-cluster';
import type { ClusterStatus } from '../../domain/cluster/status';
import type { HostStage } from '../../domain/host/stage';
import type { HostStatus } from '../../domain/host/status';

const bootstrapIsUp: readonly (HostStage | '')[] = ['Waiting for controller', 'Rebooting', 'Configuring', 'Joined', 'Done'];

/** Between a reset and the next registration a host still shows the stage of the attempt before. */
const installationGoesOn: readonly HostStatus[] = ['installing-in-progress', 'installing-pending-user-action', 'installed'];

function hasControlPlane(hosts: readonly WireHost[]): boolean {
  return hosts.some((host) => host.bootstrap === true && installationGoesOn.includes(host.status) && bootstrapIsUp.includes(host.progress?.current_stage ?? ''));
}

/**
 * Plays the controller of one cluster until the service calls the installation ended; returns how. The controller is a pod of the
 * new cluster: it starts when the bootstrap host serves one. A cluster that only takes hosts has none: its status is returned at once.
 */
export async function playController(options: ControllerOptions, signal: AbortSignal): Promise<ClusterStatus> {
  const run = new ControllerRun(options, signal);
  const { status } = await contactService(run);
  if (status === 'adding-hosts') return status;
  while (!hasControlPlane(await run.call(() => options.client.listHosts(signal)))) await pause(options.pace.watchEveryMs, signal);
  return runController(options, signal);
}
