import { setTimeout as delay } from 'node:timers/promises';
import {
  ApplicationFailure, isGrpcServiceError, ServiceError, WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError as SdkNotFound, WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError, type Client, type WorkflowUpdateHandle,
} from '@temporalio/client';
import type { Refusal } from '../domain/refusal';
import { RefusedError, UnavailableError, WorkflowNotFoundError } from './errors';

/** How long an update that met the end of a run, or a server out of reach, is sent again. */
export const retryForMs = 5_000;
/**
 * How long a workflow may take to accept an update. Longer than the 10 s after which the task of a worker that died goes to another;
 * a server that hangs for longer is as good as away.
 */
const acceptWithinMs = 14_000;

/**
 * Sends an update, again if need be, and waits for its result; where nobody takes it up, only as long as a busy worker may need.
 * Throws RefusedError, UnavailableError or WorkflowNotFoundError; `subject` is the id of what the workflow stands for.
 */
export async function sendUpdate<T>(client: Client, { subject, resultWithinMs }: { subject: string; resultWithinMs: number }, start: () => Promise<WorkflowUpdateHandle<T>>): Promise<T> {
  const giveUpAt = Date.now() + retryForMs;
  for (let pause = 50; ; pause *= 2) {
    try {
      const handle = await client.withDeadline(Date.now() + acceptWithinMs, start);
      return await client.withDeadline(Date.now() + resultWithinMs, () => handle.result());
    } catch (error) {
      if (!isPassing(error) || Date.now() + pause > giveUpAt) throw translateFault(subject, error);
    }
    await delay(pause);
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

/** What became of a call, in terms of this service. */
export function translateFault(subject: string, error: unknown): unknown {
  if (error instanceof WorkflowUpdateFailedError) {
    const cause = error.cause;
    const type = cause instanceof ApplicationFailure ? (cause.type ?? '') : '';
    if (cause instanceof ApplicationFailure && isRefusalType(type)) return new RefusedError({ type, reason: cause.message });
    // An update that was accepted and lost its run (AcceptedUpdateCompletedWorkflow), or one that found no database.
    return new UnavailableError(cause?.message ?? 'The update was not applied.', { cause: error });
  }
  if (error instanceof SdkNotFound || error instanceof WorkflowExecutionAlreadyStartedError) return new WorkflowNotFoundError(subject);
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError || grpcCode(error) !== undefined) {
    return new UnavailableError('The workflow service did not answer in time.', { cause: error });
  }
  return error;
}
