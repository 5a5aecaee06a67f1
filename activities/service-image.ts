import { ImageError } from '../src/iso/image-error';
import type { ActivityControl } from './control';
import type { ActivityDeps } from './deps';
import { failureTypes, permanentFailure } from './failures';

export interface ServiceImageOrder {
  userName: string;
  requestId: string;
}

/** Makes the service image of a user by a request that is stored encrypted, in the place of the former one. */
export async function buildServiceImage(deps: ActivityDeps, order: ServiceImageOrder, control: ActivityControl): Promise<{ sizeBytes: number }> {
  try {
    return await deps.serviceImages.build(order, control.signal);
  } catch (error) {
    throw error instanceof ImageError ? permanentFailure(failureTypes.imageRefused, error.message) : error;
  }
}

/** Removes a request that is answered: it holds a pull secret. */
export async function discardServiceImageRequest(deps: ActivityDeps, order: ServiceImageOrder): Promise<void> {
  await deps.serviceImages.discard(order);
}

/** Removes the service image of a user. */
export async function removeServiceImage(deps: ActivityDeps, { userName }: { userName: string }): Promise<void> {
  await deps.serviceImages.remove(userName);
}
