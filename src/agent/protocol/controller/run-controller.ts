import type { ClusterStatus } from '../../../domain/cluster/status';
import { ControllerRun, type ControllerOptions } from './controller-run';
import { driveNodes } from './drive-nodes';
import { finishInstallation } from './finish-installation';
import { keepSettlingHosts, mendDns, settleHosts } from './mend-cluster';
import { keepSendingLogs, sendLastLogs } from './send-logs';
import { contactService, keepWatching, watchCluster } from './watch-cluster';

/** Waits for work that was told to end; why it ended is known already. */
async function settle(work: readonly Promise<unknown>[]): Promise<void> {
  await Promise.allSettled(work);
}

/**
 * The job of the controller on a new cluster, until the service calls the installation ended; returns how. Its parts run side by
 * side: what happens to the nodes, what follows when all are there, logs now and then, and the watch over the cluster. A cluster
 * that runs already and only takes hosts needs no controller: its status is returned at once. Rejects with NotWanted when the
 * service does not know the cluster or refuses the controller, and with the signal's reason when that is aborted.
 */
export async function runController(options: ControllerOptions, signal: AbortSignal): Promise<ClusterStatus> {
  const outer = new ControllerRun(options, signal);
  const { status: before } = await contactService(outer);
  if (before === 'adding-hosts') return before;
  outer.tell('started');
  const over = new AbortController();
  const run = outer.until(over.signal);
  const end = (reason: string): void => over.abort(new Error(reason));
  const tellEnd = (part: Promise<unknown>): Promise<unknown> => part.catch((error: unknown) => {
    if (!run.signal.aborted) outer.tell(error instanceof Error ? error.message : String(error));
  });
  const work = [driveNodes(run), finishInstallation(run)].map(tellEnd);
  const background = [...[keepSendingLogs(run), keepSettlingHosts(run), mendDns(run)].map(tellEnd), ...work];
  try {
    const status = await watchCluster(outer);
    // A cluster is installed when enough of its hosts are: those that are late still need their certificates and reports.
    if (status === 'installed') await Promise.race([Promise.all(work), keepWatching(run)]);
    end(`the cluster is ${status}`);
    await settle(background);
    if (status === 'installed') await settleHosts(outer);
    await sendLastLogs(outer, status);
    return status;
  } finally {
    end('the controller has ended');
    await settle(background);
  }
}
