import { Worker } from '@temporalio/worker';
import { readFile } from 'node:fs/promises';
import { expect } from 'vitest';
import { buildWorkflowBundle } from '../../src/dev/build/build-workflow-bundle';
import { plantedSecrets } from './object-makers';
import { fetchRunHistories, textOf, type History } from './run-histories';
import type { WorkflowService } from './workflow-service';

/** Words that only a kubeconfig, a token or a password would bring into a history. */
const telltales = ['client-key-data', 'Bearer ', 'PRIVATE KEY', '"auths"'];

/** Every run of every cluster that was played replays with the present code, and shows no secret. Returns the histories by workflow id. */
export async function verifyHistories(service: WorkflowService): Promise<Map<string, History[]>> {
  const code = await readFile(await buildWorkflowBundle(), 'utf8');
  const histories = new Map<string, History[]>();
  for (const { workflowId } of service.lives) {
    const runs = await fetchRunHistories(service.environment.client, workflowId);
    histories.set(workflowId, runs);
    for (const history of runs) {
      const text = textOf(history);
      expect([...Object.values(plantedSecrets), ...telltales].filter((secret) => text.includes(secret))).toEqual([]);
    }
  }
  const all = [...histories].flatMap(([workflowId, runs]) => runs.map((history) => ({ workflowId, history })));
  for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle: { code } }, all)) {
    if (error) throw new Error(`${workflowId} does not replay`, { cause: error });
  }
  return histories;
}
