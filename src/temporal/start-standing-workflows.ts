import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { decisionsTaskQueue } from '../../workflows/cluster/contract';

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

/** Makes sure that the base image of a version is, or is being, published; a finished run is repeated, because the image may have been lost since. */
export async function startBaseImage(client: Client, rhcosVersion: string): Promise<void> {
  await startOnce(client, 'baseImage', `base-image-${rhcosVersion}`, [{ rhcosVersion }]);
}
