import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { decisionsTaskQueue } from '../../workflows/cluster/contract';
import { baseImageWorkflowId, baseImageWorkflowType, lookAgainSignal, type BaseImageInput } from '../../workflows/images/contract';

async function startOnce(client: Client, type: string, workflowId: string, args: unknown[]): Promise<void> {
  try {
    await client.workflow.start(type, { workflowId, taskQueue: decisionsTaskQueue, args, workflowIdConflictPolicy: 'USE_EXISTING' });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

/** Makes sure that the monitor runs; several processes may ask for it at once. */
export async function startMonitor(client: Client): Promise<void> {
  await startOnce(client, 'monitor', 'monitor', []);
}

/** Makes sure that the images of a version are, or are being, published; a finished run is repeated, because an image may have been lost since. */
export async function startBaseImage(client: Client, rhcosVersion: string): Promise<void> {
  await startOnce(client, baseImageWorkflowType, baseImageWorkflowId(rhcosVersion), [{ rhcosVersion } satisfies BaseImageInput]);
}

/** The same, and what failed before is tried again now: the configuration may be another. */
export async function retryBaseImage(client: Client, rhcosVersion: string): Promise<void> {
  await client.workflow.signalWithStart(baseImageWorkflowType, {
    workflowId: baseImageWorkflowId(rhcosVersion),
    taskQueue: decisionsTaskQueue,
    args: [{ rhcosVersion } satisfies BaseImageInput],
    signal: lookAgainSignal,
  });
}
