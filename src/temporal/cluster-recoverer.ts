import { randomUUID } from 'node:crypto';
import { ApplicationFailure, WorkflowUpdateFailedError, type Client } from '@temporalio/client';
import { clusterWorkflowId, clusterWorkflowType, nothingToRecover } from '../../workflows/cluster/contract';
import { factsChangedSignal, knowsQuery, recoverUpdate, type KnowsQuestion, type Recovered, type RecoverMessage } from '../../workflows/cluster/messages';
import { WorkflowNotFoundError } from './errors';
import { sendUpdate, translateFault } from './send-update';

/** How what recovers clusters speaks with their workflows. Calls may throw UnavailableError. */
export interface ClusterRecoverer {
  /** Ids of all clusters whose workflow runs, page after page, in no order. */
  listLiveClusters(): AsyncGenerator<string>;
  /** Has a cluster's workflow compare the rows with what it knows; undefined when there is none (any more). */
  recover(clusterId: string, rowRevision: number): Promise<Recovered | undefined>;
  /** Whether the workflow knows the cluster, or this host of it; one that does is told to look at its rows. */
  knows(clusterId: string, question: KnowsQuestion): Promise<boolean>;
}

const recoveredWithinMs = 70_000;
const knownWithinMs = 2_000;
const prefix = clusterWorkflowId('');

export function createClusterRecoverer(client: Client): ClusterRecoverer {
  return {
    async *listLiveClusters() {
      for await (const { workflowId } of client.workflow.list({ query: `WorkflowType = '${clusterWorkflowType}' AND ExecutionStatus = 'Running'` })) {
        if (workflowId.startsWith(prefix)) yield workflowId.slice(prefix.length);
      }
    },
    async recover(clusterId, revision) {
      const handle = client.workflow.getHandle(clusterWorkflowId(clusterId));
      const updateId = randomUUID();
      try {
        return await sendUpdate(client, { subject: clusterId, resultWithinMs: recoveredWithinMs }, () =>
          handle.startUpdate<Recovered, [RecoverMessage]>(recoverUpdate, { updateId, waitForStage: 'ACCEPTED', args: [{ revision }] }));
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return undefined;
        if (isNothingToRecover(error)) return { revision, restored: false };
        throw error;
      }
    },
    async knows(clusterId, question) {
      const handle = client.workflow.getHandle(clusterWorkflowId(clusterId));
      try {
        const known = await client.withDeadline(Date.now() + knownWithinMs, () => handle.query<boolean, [KnowsQuestion]>(knowsQuery, question));
        if (known) await client.withDeadline(Date.now() + knownWithinMs, () => handle.signal(factsChangedSignal, { what: 'its rows are missing' }));
        return known;
      } catch (error) {
        const fault = translateFault(clusterId, error);
        if (fault instanceof WorkflowNotFoundError) return false;
        throw fault;
      }
    },
  };
}

function isNothingToRecover(error: unknown): boolean {
  const failure = error instanceof Error && error.cause instanceof WorkflowUpdateFailedError ? error.cause.cause : undefined;
  return failure instanceof ApplicationFailure && failure.type === nothingToRecover;
}
