import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Worker } from '@temporalio/worker';
import { readFile } from 'node:fs/promises';
import { buildWorkflowBundle } from '../../src/dev/build/build-workflow-bundle';
import { fetchRunHistories } from './run-histories';

/** Replays every run of a workflow with the present code; rejects when one does not lead to the same commands. */
export async function replayHistory(environment: TestWorkflowEnvironment, workflowId: string): Promise<number> {
  const code = await readFile(await buildWorkflowBundle(), 'utf8');
  let runs = 0;
  for (const history of await fetchRunHistories(environment.client, workflowId)) {
    await Worker.runReplayHistory({ workflowBundle: { code } }, history, workflowId);
    runs += 1;
  }
  return runs;
}
