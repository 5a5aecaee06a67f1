import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';

export type History = temporal.api.history.v1.IHistory;

/** The histories of all runs of a workflow, first to last. Follows the chain of runs, so nothing depends on the server's list. */
export async function fetchRunHistories(client: Client, workflowId: string): Promise<History[]> {
  const latest = await client.workflow.getHandle(workflowId).fetchHistory();
  let runId = latest.events?.[0]?.workflowExecutionStartedEventAttributes?.firstExecutionRunId;
  const histories: History[] = [];
  while (runId) {
    const history = await fetchReplayable(client, workflowId, runId);
    histories.push(history);
    runId = history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId;
  }
  return histories;
}

const workflowTaskCompleted = 7;
const tasksOf = (history: History): number => (history.events ?? []).filter((event) => Number(event.eventType) === workflowTaskCompleted).length;
const isOpen = (history: History): boolean => history.events?.at(-1)?.workflowExecutionContinuedAsNewEventAttributes?.newExecutionRunId === undefined;

/**
 * The history of a run. The SDK's replayer waits for ever at the end of a run that has had a single task so far, so such a run is
 * given something to look at first.
 */
async function fetchReplayable(client: Client, workflowId: string, runId: string): Promise<History> {
  const handle = client.workflow.getHandle(workflowId, runId);
  for (;;) {
    const history = await handle.fetchHistory();
    if (tasksOf(history) > 1 || !isOpen(history) || (await handle.describe()).status.name !== 'RUNNING') return history;
    // Once is not enough: a signal that meets the beginning of a run becomes part of its first task.
    await handle.signal('factsChanged', { what: 'the test looks at the history' });
    await delay(100);
  }
}

export const countEvents = (histories: History[]): number => histories.reduce((sum, { events }) => sum + (events?.length ?? 0), 0);

/** Everything a reader of a history could see: its strings and the decoded payloads. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (typeof value !== 'object' || value === null) return '';
  return Object.values(value).map(textOf).join('\n');
}
