import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ImageError } from '../../src/iso/image-error';
import { retryBaseImage, startBaseImage } from '../../src/temporal/start-standing-workflows';
import { baseImageWorkflowId } from '../../workflows/images/contract';
import { replayHistory } from '../support/replay-history';
import { startWorkflowService, type WorkflowService } from '../support/workflow-service';

/** What was done for which version, and what it meets the next time. */
const done: Record<string, string[]> = {};
const failures: Record<string, Error[]> = {};
let open: Record<string, Promise<void>> = {};
let service: WorkflowService;

beforeAll(async () => {
  const act = async (version: string, what: string): Promise<void> => {
    (done[version] ??= []).push(what);
    await open[version];
    const failure = failures[version]?.shift();
    if (failure) throw failure;
  };
  service = await startWorkflowService(() => ({
    baseImages: {
      async publish(version) {
        await act(version, 'live');
        return { key: `${version}.iso`, sizeBytes: 1, fetched: true };
      },
      async makeMinimal(version) {
        await act(version, 'minimal');
        return { key: `${version}-minimal.iso`, sizeBytes: 1, made: true };
      },
    },
  }), { timeSkipping: true });
});
afterAll(() => service.close());

const client = () => service.environment.client;
const resultOf = (version: string): Promise<unknown> => client().workflow.getHandle(baseImageWorkflowId(version)).result();

describe('the workflow of base images', () => {
  it('publishes both images and ends; asked again it looks again', async () => {
    await startBaseImage(client(), 'good');
    expect(await resultOf('good')).toEqual({ key: 'good.iso', sizeBytes: 1, fetched: true });
    expect(done['good']).toEqual(['live', 'minimal']);
    await startBaseImage(client(), 'good');
    await resultOf('good');
    expect(done['good']).toEqual(['live', 'minimal', 'live', 'minimal']);
    await replayHistory(service.environment, baseImageWorkflowId('good'));
  });

  it('is one run for all who ask while it fetches', async () => {
    let release = (): void => undefined;
    open = { busy: new Promise((resolve) => { release = resolve; }) };
    await Promise.all(Array.from({ length: 5 }, () => startBaseImage(client(), 'busy')));
    await expect.poll(() => done['busy']).toEqual(['live']);
    await expect(client().workflow.start('baseImage', { workflowId: baseImageWorkflowId('busy'), taskQueue: 'decisions', args: [{ rhcosVersion: 'busy' }] })).rejects.toThrow(WorkflowExecutionAlreadyStartedError);
    release();
    await resultOf('busy');
    expect(done['busy']).toEqual(['live', 'minimal']);
  });

  it('tries a refused source again later, and at once when it may have changed', async () => {
    failures['bad'] = [new ImageError('404'), new ImageError('404')];
    await startBaseImage(client(), 'bad');
    await resultOf('bad');
    expect(done['bad']).toEqual(['live', 'live', 'live', 'minimal']);

    failures['moved'] = [new ImageError('404')];
    const started = await client().workflow.start('baseImage', { workflowId: baseImageWorkflowId('moved'), taskQueue: 'decisions', args: [{ rhcosVersion: 'moved', failures: 5 }] });
    await expect.poll(() => done['moved']).toEqual(['live']);
    await retryBaseImage(client(), 'moved');
    await started.result();
    expect(done['moved']).toEqual(['live', 'live', 'minimal']);
    await replayHistory(service.environment, baseImageWorkflowId('moved'));
  });
});
