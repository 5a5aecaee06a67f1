import { pause } from '../pause';
import type { ControllerRun } from './controller-run';

async function tryToSend(run: ControllerRun, send: () => Promise<void>): Promise<void> {
  try {
    await send();
  } catch (error) {
    run.signal.throwIfAborted();
    run.tell(`logs were not sent: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Sends the logs now and then, until the run is aborted: a controller that dies has left some. */
export async function keepSendingLogs(run: ControllerRun): Promise<never> {
  const { client, cluster, pace } = run.options;
  for (;;) {
    await pause(pace.logsEveryMs, run.signal);
    await tryToSend(run, async () => {
      const archive = await cluster.collectLogs(false, run.signal);
      await run.call(() => client.uploadLogs(archive, run.signal));
    });
  }
}

/** Sends the last logs; those of a failure with the state of the cluster. Nothing fails for logs that cannot be sent. */
export async function sendLastLogs(run: ControllerRun, failed: boolean): Promise<void> {
  const { client, cluster } = run.options;
  await tryToSend(run, async () => {
    await run.call(() => client.updateLogsProgress('requested', run.signal));
    const archive = await cluster.collectLogs(failed, run.signal);
    await run.call(() => client.uploadLogs(archive, run.signal));
    await run.call(() => client.updateLogsProgress('completed', run.signal));
  });
}
