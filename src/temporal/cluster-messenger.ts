import { randomUUID } from 'node:crypto';
import { WithStartWorkflowOperation, WorkflowExecutionAlreadyStartedError, type Client, type WorkflowUpdateHandle } from '@temporalio/client';
import { clusterWorkflowId, clusterWorkflowType, decisionsTaskQueue, type ClusterInput } from '../../workflows/cluster/contract';
import {
  eraseUpdate, generateImageUpdate, installHostsUpdate, installHostUpdate, registerAddHostsUpdate, registerUpdate, type ClusterUpdate, type IntentApplied, type IntentMessage,
} from '../../workflows/cluster/messages';
import { limitSignals } from './limit-signals';
import { retryForMs, sendUpdate, translateFault } from './send-update';

type RegistrationUpdate = typeof registerUpdate | typeof registerAddHostsUpdate;

/** What the workflow shows before its first refresh. */
export interface NewClusterLabels {
  name: string;
  baseDnsDomain: string;
}

/** How services speak with clusters' workflows. Every call may throw RefusedError, UnavailableError or WorkflowNotFoundError. */
export interface ClusterMessenger {
  /** Starts the workflow of a new cluster and waits until its registration is applied. */
  register(clusterId: string, message: IntentMessage, labels: NewClusterLabels, update?: RegistrationUpdate): Promise<IntentApplied>;
  /** Sends an update and waits for what became of it. */
  update(clusterId: string, update: ClusterUpdate, message: IntentMessage): Promise<IntentApplied>;
  /** Deletes what is left of a deregistered cluster, and waits until it and its workflow are gone. */
  erase(clusterId: string): Promise<void>;
  /** Starts the workflow of a registered cluster that has lost it; false for one whose workflow came to its end: the cluster was deleted for good. */
  restart(input: ClusterInput): Promise<boolean>;
  /** Tells what happened; does not wait until the workflow has seen it. Of a flood of signals to one cluster most become one. */
  signal(clusterId: string, signal: string, payload: object): Promise<void>;
}

/** How long an accepted update may take: a transaction; for an image the copying of several gigabytes besides, for day-2 hosts the storing of their files. */
function resultWithinMs(update: string): number {
  if (update === generateImageUpdate) return 6 * 60_000;
  return update === installHostsUpdate || update === installHostUpdate ? 25_000 : 15_000;
}

async function startUnlessCompleted(start: () => Promise<unknown>): Promise<boolean> {
  try {
    await start();
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

export function createClusterMessenger(client: Client): ClusterMessenger {
  const signal = limitSignals(async (clusterId, name, payload) => {
    try {
      await client.withDeadline(Date.now() + retryForMs, () => client.workflow.getHandle(clusterWorkflowId(clusterId)).signal(name, payload));
    } catch (error) {
      throw translateFault(clusterId, error);
    }
  });
  return {
    async register(clusterId, message, labels, update = registerUpdate) {
      const updateId = randomUUID();
      return send(clusterId, update, () =>
        client.workflow.startUpdateWithStart<(input: ClusterInput) => Promise<void>, IntentApplied, [IntentMessage]>(update, {
          updateId,
          waitForStage: 'ACCEPTED',
          args: [message],
          startWorkflowOperation: new WithStartWorkflowOperation<(input: ClusterInput) => Promise<void>>(clusterWorkflowType, {
            workflowId: clusterWorkflowId(clusterId),
            taskQueue: decisionsTaskQueue,
            args: [{ clusterId }],
            workflowIdConflictPolicy: 'USE_EXISTING',
            // Ids of day-2 clusters are given by their users, who may come back with one after its cluster was deleted for good.
            workflowIdReusePolicy: update === registerAddHostsUpdate ? 'ALLOW_DUPLICATE' : 'REJECT_DUPLICATE',
            memo: { name: labels.name, baseDnsDomain: labels.baseDnsDomain },
          }),
        }),
      );
    },
    async update(clusterId, update, message) {
      const updateId = randomUUID();
      const handle = client.workflow.getHandle(clusterWorkflowId(clusterId));
      return send(clusterId, update, () => handle.startUpdate<IntentApplied, [IntentMessage]>(update, { updateId, waitForStage: 'ACCEPTED', args: [message] }));
    },
    async erase(clusterId) {
      const updateId = randomUUID();
      const handle = client.workflow.getHandle(clusterWorkflowId(clusterId));
      await send(clusterId, eraseUpdate, () => handle.startUpdate<void, []>(eraseUpdate, { updateId, waitForStage: 'ACCEPTED' }));
    },
    signal,
    async restart(input) {
      return startUnlessCompleted(() => client.workflow.start(clusterWorkflowType, {
        workflowId: clusterWorkflowId(input.clusterId),
        taskQueue: decisionsTaskQueue,
        args: [input],
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
        memo: { name: input.state?.name, baseDnsDomain: input.state?.baseDnsDomain },
      }));
    },
  };

  function send<T>(clusterId: string, update: string, start: () => Promise<WorkflowUpdateHandle<T>>): Promise<T> {
    return sendUpdate(client, { subject: clusterId, resultWithinMs: resultWithinMs(update) }, start);
  }
}
