import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  ApplicationFailure, isGrpcServiceError, ServiceError, WithStartWorkflowOperation, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError as SdkNotFound,
  WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError, type Client, type WorkflowUpdateHandle,
} from '@temporalio/client';
import type { Refusal } from '../domain/refusal';
import { clusterWorkflowId, clusterWorkflowType, decisionsTaskQueue, type ClusterInput } from '../../workflows/cluster/contract';
import { eraseUpdate, generateImageUpdate, registerAddHostsUpdate, registerUpdate, type ClusterUpdate, type IntentApplied, type IntentMessage } from '../../workflows/cluster/messages';
import { RefusedError, UnavailableError, WorkflowNotFoundError } from './errors';

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
  /** Tells what happened; does not wait until the workflow has seen it. */
  signal(clusterId: string, signal: string, payload: object): Promise<void>;
}

/** How long an update that met the end of a run, or a server out of reach, is sent again. */
const retryForMs = 5_000;
/** How long a workflow may take to accept an update: a server that hangs is as good as away. */
const acceptWithinMs = 8_000;
/** How long an accepted update may take: a transaction, for an image the copying of several gigabytes besides. */
const resultWithinMs = (update: string): number => (update === generateImageUpdate ? 6 * 60_000 : 15_000);

export function createClusterMessenger(client: Client): ClusterMessenger {
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
    async signal(clusterId, signal, payload) {
      try {
        await client.withDeadline(Date.now() + retryForMs, () => client.workflow.getHandle(clusterWorkflowId(clusterId)).signal(signal, payload));
      } catch (error) {
        throw translate(clusterId, error);
      }
    },
  };

  /** Sends an update, again if need be, and waits for its result; where nobody takes it up, only as long as a busy worker may need. */
  async function send<T>(clusterId: string, update: string, start: () => Promise<WorkflowUpdateHandle<T>>): Promise<T> {
    const giveUpAt = Date.now() + retryForMs;
    for (let pause = 50; ; pause *= 2) {
      try {
        const handle = await client.withDeadline(Date.now() + acceptWithinMs, start);
        return await client.withDeadline(Date.now() + resultWithinMs(update), () => handle.result());
      } catch (error) {
        if (!isPassing(error) || Date.now() + pause > giveUpAt) throw translate(clusterId, error);
      }
      await delay(pause);
    }
  }
}

/** gRPC codes of faults that pass: UNAVAILABLE, FAILED_PRECONDITION (the run ended under the update), ABORTED, RESOURCE_EXHAUSTED. */
const passingCodes = new Set<number>([14, 9, 10, 8]);

function grpcCode(error: unknown): number | undefined {
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) ? cause.code : undefined;
}

function isPassing(error: unknown): boolean {
  const code = grpcCode(error);
  return code !== undefined && passingCodes.has(code);
}

const refusalTypes: readonly string[] = ['NotFound', 'Conflict', 'Invalid', 'Forbidden', 'Internal'] satisfies Refusal['type'][];
const isRefusalType = (type: string): type is Refusal['type'] => refusalTypes.includes(type);

function translate(clusterId: string, error: unknown): unknown {
  if (error instanceof WorkflowUpdateFailedError) {
    const cause = error.cause;
    const type = cause instanceof ApplicationFailure ? (cause.type ?? '') : '';
    if (cause instanceof ApplicationFailure && isRefusalType(type)) return new RefusedError({ type, reason: cause.message });
    // An update that was accepted and lost its run (AcceptedUpdateCompletedWorkflow), or one that found no database.
    return new UnavailableError(cause?.message ?? 'The update was not applied.', { cause: error });
  }
  if (error instanceof SdkNotFound || error instanceof WorkflowExecutionAlreadyStartedError) return new WorkflowNotFoundError(clusterId);
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || grpcCode(error) !== undefined) {
    return new UnavailableError('The workflow service did not answer in time.', { cause: error });
  }
  return error;
}
