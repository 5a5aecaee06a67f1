import { temporal } from '@temporalio/proto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { History } from '../support/run-histories';

const { History: message } = temporal.api.history.v1;
export const historiesFolder = join(import.meta.dirname, 'histories');

/**
 * Keeps the runs of a workflow as JSON for the replay test, without the name of the machine. To record anew, after a change
 * that is guarded by patched() or breaks old histories on purpose: RECORD_HISTORIES=yes npx vitest run test/workflows/installation.test.ts
 */
export async function recordHistories(name: string, runs: History[]): Promise<void> {
  for (const [index, run] of runs.entries()) {
    const recorded = message.toObject(message.fromObject(run), { longs: String, enums: String, bytes: String });
    const anonymous = JSON.stringify(recorded, (key, value: unknown) => (key === 'identity' || (typeof value === 'string' && /^\d+@/.test(value)) ? 'worker' : value));
    await writeFile(join(historiesFolder, `${name}-${index + 1}.json`), `${anonymous}\n`);
  }
}

export async function readRecorded(file: string): Promise<temporal.api.history.v1.History> {
  return message.fromObject(JSON.parse(await readFile(join(historiesFolder, file), 'utf8')) as Record<string, unknown>);
}
