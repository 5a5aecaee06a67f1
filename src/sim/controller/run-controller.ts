import { gzipSync } from 'node:zlib';
import { pause, pauseForever } from '../../agent/protocol/pause';
import { RequestFailed } from '../../agent/protocol/request-failed';
import type { WireHost } from '../../agent/protocol/wire-cluster';
import type { ClusterStatus } from '../../domain/cluster/status';
import type { HostStage } from '../../domain/host/stage';
import type { HostStatus } from '../../domain/host/status';
import { ControllerRun, type ControllerOptions } from './controller-run';
import { driveNodes } from './drive-nodes';
import { finishInstallation } from './finish-installation';

const finalStatuses: readonly ClusterStatus[] = ['installed', 'error', 'cancelled'];
const bootstrapIsUp: readonly (HostStage | '')[] = ['Waiting for controller', 'Rebooting', 'Configuring', 'Joined', 'Done'];

/** Between a reset and the next registration a host still shows the stage of the attempt before. */
const installationGoesOn: readonly HostStatus[] = ['installing-in-progress', 'installing-pending-user-action', 'installed'];

function hasControlPlane(hosts: readonly WireHost[]): boolean {
  return hosts.some((host) => host.bootstrap === true && installationGoesOn.includes(host.status) && bootstrapIsUp.includes(host.progress?.current_stage ?? ''));
}

/** The controller is a pod of the new cluster: it starts when the bootstrap host serves one. */
async function waitForControlPlane(run: ControllerRun): Promise<void> {
  const { client, pace } = run.options;
  while (!hasControlPlane(await run.call(() => client.listHosts(run.signal)))) await pause(pace.watchMs, run.signal);
}

async function watchCluster(run: ControllerRun): Promise<ClusterStatus> {
  const { client, pace } = run.options;
  for (;;) {
    const { status } = await run.call(() => client.getCluster(run.signal));
    if (finalStatuses.includes(status)) return status;
    await pause(pace.watchMs, run.signal);
  }
}

async function sendLogs(run: ControllerRun): Promise<void> {
  const { client } = run.options;
  try {
    await client.updateLogsProgress('requested', run.signal);
    await client.uploadLogs(new Blob([gzipSync('logs of the simulated controller\n')], { type: 'application/gzip' }), run.signal);
    await client.updateLogsProgress('completed', run.signal);
  } catch (error) {
    if (!(error instanceof RequestFailed)) throw error;
    run.tell(`logs were not sent: ${error.message}`);
  }
}

/**
 * Plays the controller of one cluster until the service calls the installation ended; returns how. Its parts run side by
 * side: what happens to the nodes, what follows when all are there, and the watch over the cluster. A cluster that runs
 * already and only takes hosts has no controller any more: its status is returned at once.
 */
export async function runController(options: ControllerOptions, signal: AbortSignal): Promise<ClusterStatus> {
  const over = new AbortController();
  const outer = new ControllerRun(options, signal);
  const { status: before } = await outer.call(() => options.client.getCluster(signal));
  if (before === 'adding-hosts') return before;
  await waitForControlPlane(outer);
  outer.tell('started');
  const run = new ControllerRun(options, AbortSignal.any([signal, over.signal]));
  const ignoreEnd = (error: unknown): void => {
    if (!over.signal.aborted) throw error;
  };
  const work = Promise.all([driveNodes(run), finishInstallation(run)]).then(() => undefined, ignoreEnd);
  // What fails in the work must not wait for a cluster that will never be ready.
  const status = await Promise.race([watchCluster(outer), work.then(() => pauseForever(signal))]);
  // A success may be noticed before the last report of the work; a failure leaves nothing to report.
  if (status !== 'installed') over.abort();
  await work;
  await sendLogs(outer);
  return status;
}
