import { createHash, randomUUID } from 'node:crypto';
import { WithStartWorkflowOperation, type Client } from '@temporalio/client';
import { decisionsTaskQueue } from '../../workflows/cluster/contract';
import { buildServiceImageUpdate, serviceImageWorkflowType, type ServiceImageInput, type ServiceImageMessage } from '../../workflows/service-image/contract';
import { sendUpdate } from './send-update';

/** How services ask for the service image of a user. */
export interface ServiceImageMessenger {
  /** Resolves when the image can be downloaded. Throws RefusedError or UnavailableError. */
  build(userName: string, message: ServiceImageMessage): Promise<void>;
}

/** How long an accepted request may take: the copying of several gigabytes. */
const resultWithinMs = 6 * 60_000;

/** Names of users may hold what ids of workflows should not. */
export const serviceImageWorkflowId = (userName: string): string => `service-image-${createHash('sha256').update(userName).digest('hex').slice(0, 32)}`;

export function createServiceImageMessenger(client: Client): ServiceImageMessenger {
  return {
    async build(userName, message) {
      const workflowId = serviceImageWorkflowId(userName);
      const updateId = randomUUID();
      await sendUpdate(client, { subject: workflowId, resultWithinMs }, () =>
        client.workflow.startUpdateWithStart<(input: ServiceImageInput) => Promise<void>, void, [ServiceImageMessage]>(buildServiceImageUpdate, {
          updateId,
          waitForStage: 'ACCEPTED',
          args: [message],
          startWorkflowOperation: new WithStartWorkflowOperation<(input: ServiceImageInput) => Promise<void>>(serviceImageWorkflowType, {
            workflowId,
            taskQueue: decisionsTaskQueue,
            args: [{ userName }],
            workflowIdConflictPolicy: 'USE_EXISTING',
            memo: { userName },
          }),
        }),
      );
    },
  };
}
