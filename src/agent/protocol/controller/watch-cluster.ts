import type { ClusterStatus } from '../../../domain/cluster/status';
import { pause } from '../pause';
import { RequestFailed } from '../request-failed';
import type { WireCluster } from '../wire-cluster';
import type { Look } from './controller-pace';
import type { ControllerRun } from './controller-run';

const finalStatuses: readonly ClusterStatus[] = ['installed', 'error', 'cancelled'];
const patienceWithRefusals = 3;

/** The service does not know the cluster any more, or will not have this controller: there is nothing left to do. */
export class NotWanted extends Error {
  override readonly name = 'NotWanted';
}

async function pollCluster(run: ControllerRun, what: string, { everyMs, limitMs }: Look, isEnough: (cluster: WireCluster) => boolean): Promise<WireCluster> {
  const end = Date.now() + limitMs;
  for (let refusals = 0; ; ) {
    let waitMs = everyMs;
    try {
      const cluster = await run.options.client.getCluster(run.signal);
      refusals = 0;
      if (isEnough(cluster)) return cluster;
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      if (error.status === 404) throw new NotWanted('the cluster is not there any more');
      if (error.status === 401) {
        // Who ends for a refusal never comes back: one of a moment must not be the last word, however often the service is asked.
        waitMs = Math.max(everyMs, run.options.pace.watchEveryMs);
        if (++refusals === patienceWithRefusals) throw new NotWanted('the service refuses the token of the pull secret');
      }
      run.tell(`${what}: ${error.message}`);
    }
    if (Date.now() + waitMs > end) throw new Error(`${what}: not within ${Math.round(limitMs / 60_000)} minutes`);
    await pause(waitMs, run.signal);
  }
}

/** Waits until the service answers; its first answer. Rejects with NotWanted when it says that there is nothing to do. */
export function contactService(run: ControllerRun): Promise<WireCluster> {
  return pollCluster(run, 'service', run.options.pace.contact, () => true);
}

/** Waits until the installation has ended; how. Rejects with NotWanted when the service has lost interest. */
export async function watchCluster(run: ControllerRun): Promise<ClusterStatus> {
  const look = { everyMs: run.options.pace.watchEveryMs, limitMs: Infinity };
  return (await pollCluster(run, 'cluster', look, ({ status }) => finalStatuses.includes(status))).status;
}

/** Goes on watching a cluster whose installation has ended; never resolves. Rejects with NotWanted when the service has lost interest. */
export async function keepWatching(run: ControllerRun): Promise<never> {
  await pollCluster(run, 'cluster', { everyMs: run.options.pace.watchEveryMs, limitMs: Infinity }, () => false);
  throw new Error('the watch has ended');
}

/** Does work for as long as the cluster is in a status; what is under way when it is in another, or gone, is aborted. Rejects then, and with the work. */
export async function whileIn<T>(run: ControllerRun, status: ClusterStatus, work: (during: ControllerRun) => Promise<T>): Promise<T> {
  const over = new AbortController();
  const during = run.until(over.signal);
  const look = { everyMs: run.options.pace.watchEveryMs, limitMs: Infinity };
  const left = pollCluster(during, 'cluster', look, (cluster) => cluster.status !== status).then((cluster) => {
    throw new Error(`the cluster is ${cluster.status} by now`);
  });
  const working = work(during);
  try {
    return await Promise.race([working, left]);
  } finally {
    over.abort(new Error('the work is over'));
    await Promise.allSettled([working, left]);
  }
}
