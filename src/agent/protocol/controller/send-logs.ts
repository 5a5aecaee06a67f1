import type { ClusterStatus } from '../../../domain/cluster/status';
import { pause } from '../pause';
import { attempt } from './attempt';
import type { ControllerRun } from './controller-run';
import { whileIn } from './watch-cluster';

const tryToSend = (run: ControllerRun, send: () => Promise<void>): Promise<void> => attempt(run, 'logs were not sent', undefined, send);

const upload = (run: ControllerRun, archive: Blob): Promise<void> => run.call(() => run.options.client.uploadLogs(archive, run.signal));

/** Sends the logs now and then, until the run is aborted: a controller that dies has left some. */
export async function keepSendingLogs(run: ControllerRun): Promise<never> {
  const { cluster, pace } = run.options;
  for (;;) {
    await pause(pace.logsEveryMs, run.signal);
    await tryToSend(run, async () => upload(run, await cluster.collectLogs(false, run.signal)));
  }
}

/** Once more, with all that the vendor's program finds: what was sent before stays when that comes to nothing. */
async function sendMustGather(run: ControllerRun, status: ClusterStatus): Promise<void> {
  const { client, cluster } = run.options;
  if (!cluster.mustGather) return;
  const operators = await run.call(() => client.listOperators(undefined, run.signal));
  const faults = { cluster: status === 'error', operators: operators.filter((operator) => operator.operator_type === 'olm' && operator.status === 'failed').map(({ name }) => name) };
  const getKubeconfig = (): Promise<string> => run.call(() => client.downloadFile('kubeconfig-noingress', run.signal));
  await cluster.mustGather(faults, getKubeconfig, (archive) => upload(run, archive), run.signal);
}

/** Sends the last logs; those of a failure with the state of the cluster. Nothing fails for logs that cannot be sent. */
export async function sendLastLogs(run: ControllerRun, status: ClusterStatus): Promise<void> {
  const { client, cluster } = run.options;
  await tryToSend(run, async () => {
    await run.call(() => client.updateLogsProgress('requested', run.signal));
    await upload(run, await cluster.collectLogs(status !== 'installed', run.signal));
    // It takes long, and a cluster that is reset meanwhile has no use for it.
    if (cluster.mustGather && status !== 'cancelled') await attempt(run, 'must-gather', undefined, () => whileIn(run, status, (during) => sendMustGather(during, status)));
    await run.call(() => client.updateLogsProgress('completed', run.signal));
  });
}
