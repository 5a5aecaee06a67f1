import { WorkflowNotFoundError } from '@temporalio/client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ImageError } from '../../src/iso/image-error';
import { RefusedError, UnavailableError } from '../../src/temporal/errors';
import { createServiceImageMessenger, serviceImageWorkflowId, type ServiceImageMessenger } from '../../src/temporal/service-image-messenger';
import { replayHistory } from '../support/replay-history';
import { startWorkflowService, type WorkflowService } from '../support/workflow-service';

const hour = 3_600_000;
/** What the maker was asked, by user. */
let asked: Record<string, string[]> = {};
let failures: Error[] = [];
let service: WorkflowService;
let messenger: ServiceImageMessenger;
beforeEach(() => {
  asked = {};
  failures = [];
});

/** Tests of a block run on a server of their own. */
function onServer(options: { timeSkipping: boolean }): void {
  beforeAll(async () => {
    const note = (userName: string, what: string): void => void (asked[userName] ??= []).push(what);
    service = await startWorkflowService(() => ({
      serviceImages: {
        async build({ userName, requestId }) {
          note(userName, `build ${requestId}`);
          const failure = failures.shift();
          if (failure) throw failure;
          return { sizeBytes: 1 };
        },
        discard: async ({ userName, requestId }) => note(userName, `discard ${requestId}`),
        remove: async (userName) => note(userName, 'remove'),
      },
    }), options);
    messenger = createServiceImageMessenger(service.environment.client);
  });
  afterAll(() => service.close());
}

const handleOf = (userName: string) => service.environment.client.workflow.getHandle(serviceImageWorkflowId(userName));
const build = (userName: string, requestId: string, lifetimeMs = 4 * hour): Promise<void> => messenger.build(userName, { requestId, lifetimeMs });

describe('the life of a service image', () => {
  onServer({ timeSkipping: true });

  it('makes the image, removes the request, and the image when it expires', async () => {
    await build('anna', 'one');
    await expect.poll(() => asked['anna']).toEqual(['build one', 'discard one']);
    await service.environment.sleep(4 * hour - 60_000);
    expect(asked['anna']).toEqual(['build one', 'discard one']);
    await handleOf('anna').result();
    expect(asked['anna']).toEqual(['build one', 'discard one', 'remove']);
    await replayHistory(service.environment, serviceImageWorkflowId('anna'));
  });

  it('lets a new image live its whole time, and begins again after the end', async () => {
    await build('ben', 'one');
    await expect.poll(() => asked['ben']?.length).toBe(2);
    await service.environment.sleep(3 * hour);
    await build('ben', 'two');
    await expect.poll(() => asked['ben']?.length).toBe(4);
    await service.environment.sleep(3 * hour);
    expect(asked['ben']).toEqual(['build one', 'discard one', 'build two', 'discard two']);
    await handleOf('ben').result();
    await build('ben', 'three');
    expect(asked['ben']?.slice(4, 6)).toEqual(['remove', 'build three']);
    await handleOf('ben').result();
  });
});

describe('requests for a service image', () => {
  onServer({ timeSkipping: false });

  it('answers requests that come at once, each', async () => {
    await Promise.all([build('cleo', 'one', 1), build('cleo', 'two', 1), build('dora', 'three', 1)]);
    await Promise.all([handleOf('cleo').result(), handleOf('dora').result()]);
    expect(new Set(asked['cleo'])).toEqual(new Set(['build one', 'discard one', 'build two', 'discard two', 'remove']));
    expect(asked['dora']).toEqual(['build three', 'discard three', 'remove']);
    await replayHistory(service.environment, serviceImageWorkflowId('cleo'));
  });

  it('tells why an image cannot be made', async () => {
    failures = [new ImageError('the ignition does not fit')];
    await expect(build('emil', 'one')).rejects.toSatisfy((error) => error instanceof RefusedError && error.refusal.type === 'Invalid' && error.message.includes('does not fit'));
    await expect.poll(() => asked['emil']).toEqual(['build one', 'discard one']);
  });

  it('tries again what passes, and gives up with the word that it may work later', async () => {
    failures = [new Error('storage away')];
    await build('fay', 'one');
    expect(asked['fay']?.slice(0, 2)).toEqual(['build one', 'build one']);
    failures = Array.from({ length: 5 }, () => new Error('storage away'));
    await expect(build('gil', 'one')).rejects.toBeInstanceOf(UnavailableError);
  });

  it('does not exist for a user who never asked', async () => {
    await expect(handleOf('nobody').describe()).rejects.toBeInstanceOf(WorkflowNotFoundError);
  });
});
