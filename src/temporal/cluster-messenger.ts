import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import {
  ApplicationFailure, isGrpcServiceError, ServiceError, WithStartWorkflowOperation, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError as SdkNotFound,
  WorkflowUpdateFailedError, WorkflowUpdateRPCTimeoutOrCancelledError, type Client,
} from '@temporalio/client';
import type { Refusal } from '../domain/refusal';
import { clusterWorkflowId, clusterWorkflowType, decisionsTaskQueue, type ClusterInput } from '../../workflows/cluster/contract';
import { registerUpdate, type ClusterUpdate, type IntentApplied, type IntentMessage } from '../../workflows/cluster/messages';
import { RefusedError, UnavailableError, WorkflowNotFoundError } from './errors';

/** What the workflow shows before its first refresh. */
export interface NewClusterLabels {
  name: string;
  baseDnsDomain: string;
}

/** How services speak with clusters' workflows. Every call may throw RefusedError, UnavailableError or WorkflowNotFoundError. */
export interface ClusterMessenger {
  /** Starts the workflow of a new cluster and waits until its registration is applied. */
  register(clusterId: string, message: IntentMessage, labels: NewClusterLabels): Promise<IntentApplied>;
  /** Sends an update and waits for what became of it. */
  update(clusterId: string, update: ClusterUpdate, message: IntentMessage): Promise<IntentApplied>;
  /** Tells what happened; does not wait until the workflow has seen it. */
  signal(clusterId: string, signal: string, payload: object): Promise<void>;
}

/** How long an update that met the end of a run, or a server out of reach, is sent again. */
const retryForMs = 5_000;
/** How long a user waits for an update; an image of several gigabytes is the longest. */
const updateTimeoutMs = 6 * 60_000;

export function createClusterMessenger(client: Client): ClusterMessenger {
  return {
    async register(clusterId, message, labels) {
      const updateId = randomUUID();
      return withRetries(clusterId, () =>
        client.workflow.executeUpdateWithStart<(input: ClusterInput) => Promise<void>, IntentApplied, [IntentMessage]>(registerUpdate, {
          updateId,
          args: [message],
          startWorkflowOperation: new WithStartWorkflowOperation<(input: ClusterInput) => Promise<void>>(clusterWorkflowType, {
            workflowId: clusterWorkflowId(clusterId),
            taskQueue: decisionsTaskQueue,
            args: [{ clusterId }],
            workflowIdConflictPolicy: 'USE_EXISTING',
            workflowIdReusePolicy: 'REJECT_DUPLICATE',
            memo: { name: labels.name, baseDnsDomain: labels.baseDnsDomain },
          }),
        }),
      );
    },
    async update(clusterId, update, message) {
      const updateId = randomUUID();
      const handle = client.workflow.getHandle(clusterWorkflowId(clusterId));
      return withRetries(clusterId, () => handle.executeUpdate<IntentApplied, [IntentMessage]>(update, { updateId, args: [message] }));
    },
    async signal(clusterId, signal, payload) {
      try {
        await client.withDeadline(Date.now() + retryForMs, () => client.workflow.getHandle(clusterWorkflowId(clusterId)).signal(signal, payload));
      } catch (error) {
        throw translate(clusterId, error);
      }
    },
  };

  async function withRetries<T>(clusterId: string, call: () => Promise<T>): Promise<T> {
    const giveUpAt = Date.now() + retryForMs;
    for (let pause = 50; ; pause *= 2) {
      try {
        return await client.withDeadline(Date.now() + updateTimeoutMs, call);
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
