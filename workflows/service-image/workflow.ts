import {
  ActivityFailure, allHandlersFinished, ApplicationFailure, condition, continueAsNew, defineUpdate, isCancellation, proxyActivities, setHandler, workflowInfo,
} from '@temporalio/workflow';
import type { Activities } from '../../activities/create-activities';
import { activityPolicies as policies } from '../policies';
import { buildServiceImageUpdate, type ServiceImageInput, type ServiceImageMessage } from './contract';

const { buildServiceImage } = proxyActivities<Pick<Activities, 'buildServiceImage'>>(policies.buildImage);
const { discardServiceImageRequest, removeServiceImage } = proxyActivities<Pick<Activities, 'discardServiceImageRequest' | 'removeServiceImage'>>(policies.removeObjects);

/** How long a new workflow waits for the update it was started with. */
const firstRequestWithinMs = 60_000;

interface Pending {
  message: ServiceImageMessage;
  result?: 'built' | ApplicationFailure;
}

/** Makes the service image of one user whenever he asks, and ends by removing it when it expires. */
export async function serviceImage({ userName, expiresAt: carried }: ServiceImageInput): Promise<void> {
  let expiresAt = carried ?? Date.now() + firstRequestWithinMs;
  const inbox: Pending[] = [];
  setHandler(defineUpdate<void, [ServiceImageMessage]>(buildServiceImageUpdate), async (message) => {
    const pending: Pending = { message };
    inbox.push(pending);
    await condition(() => pending.result !== undefined);
    if (pending.result instanceof ApplicationFailure) throw pending.result;
  });

  for (;;) {
    const pending = inbox.shift();
    if (pending) {
      const order = { userName, requestId: pending.message.requestId };
      pending.result = await build(order);
      if (pending.result === 'built') expiresAt = Date.now() + pending.message.lifetimeMs;
      await discardServiceImageRequest.executeWithOptions({ summary: 'remove the request' }, [order]);
    } else if (expiresAt <= Date.now()) {
      await removeServiceImage.executeWithOptions({ summary: 'the image has expired' }, [{ userName }]);
      await condition(allHandlersFinished);
      if (inbox.length === 0) return;
    } else if (workflowInfo().continueAsNewSuggested && allHandlersFinished()) {
      await continueAsNew<typeof serviceImage>({ userName, expiresAt });
    } else {
      await condition(() => inbox.length > 0, expiresAt - Date.now());
    }
  }
}

async function build(order: { userName: string; requestId: string }): Promise<'built' | ApplicationFailure> {
  try {
    await buildServiceImage.executeWithOptions({ summary: 'make the service image' }, [order]);
    return 'built';
  } catch (error) {
    if (isCancellation(error)) throw error;
    const cause = error instanceof ActivityFailure ? error.cause : undefined;
    if (cause instanceof ApplicationFailure && cause.nonRetryable) return ApplicationFailure.nonRetryable(`The image could not be made: ${cause.message}.`, 'Invalid');
    return ApplicationFailure.nonRetryable('The image could not be made now.', 'Unavailable');
  }
}
