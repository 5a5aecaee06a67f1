import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildWorkflowBundle } from '../../src/dev/build/build-workflow-bundle';
import { historiesFolder, readRecorded } from './record';

Runtime.install({ shutdownSignals: [], logger: new DefaultLogger('ERROR') });

const files = readdirSync(historiesFolder).filter((file) => file.endsWith('.json'));
let code: string;

beforeAll(async () => {
  code = await readFile(await buildWorkflowBundle(), 'utf8');
});

describe('recorded histories', () => {
  it('are there', () => {
    expect(files.length).toBeGreaterThan(4);
  });

  it.each(files)('%s leads to the same commands with the present code', async (file) => {
    await Worker.runReplayHistory({ workflowBundle: { code } }, await readRecorded(file));
  });

  it('are told from histories of other code', async () => {
    const history = await readRecorded(files[0] ?? '');
    const scheduled = history.events.find((event) => event.activityTaskScheduledEventAttributes)?.activityTaskScheduledEventAttributes;
    if (!scheduled?.activityType) throw new Error('the history has no activity');
    scheduled.activityType.name = 'another';
    await expect(Worker.runReplayHistory({ workflowBundle: { code } }, history)).rejects.toMatchObject({ name: 'DeterminismViolationError' });
  });
});
