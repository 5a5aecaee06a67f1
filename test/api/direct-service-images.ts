import type { ActivityDeps } from '../../activities/deps';
import { buildServiceImage, discardServiceImageRequest } from '../../activities/service-image';
import type { SecretBox } from '../../src/db/secret-box';
import { serviceImageKey, serviceImageRequestKey, serviceImageRequests } from '../../src/domain/service-image/service-image';
import { ImageError } from '../../src/iso/image-error';
import type { Store } from '../../src/store/store';
import { UnavailableError, RefusedError } from '../../src/temporal/errors';
import type { ServiceImageMessenger } from '../../src/temporal/service-image-messenger';

/** Runs the activities of the workflow at once, in the caller's process. */
export function createDirectServiceImages(deps: ActivityDeps, isAway: () => boolean): ServiceImageMessenger {
  return {
    async build(userName, { requestId }) {
      if (isAway()) throw new UnavailableError('away');
      try {
        await buildServiceImage(deps, { userName, requestId }, { signal: new AbortController().signal, heartbeat: () => undefined });
      } catch (error) {
        throw new RefusedError({ type: 'Invalid', reason: error instanceof Error ? error.message : '' });
      }
      await discardServiceImageRequest(deps, { userName, requestId });
    },
  };
}

/** Images that hold nothing but what was asked for, as text. */
export function serviceImageStub(store: Store, secretBox: SecretBox): ActivityDeps['serviceImages'] {
  return {
    async build({ userName, requestId }) {
      const request = secretBox.open(await store.readObject({ bucket: 'private', key: serviceImageRequestKey(userName, requestId) }));
      if (request.includes('too much')) throw new ImageError('the ignition does not fit');
      await store.putObject({ bucket: 'private', key: serviceImageKey(userName) }, request);
      return { sizeBytes: request.length };
    },
    discard: ({ userName, requestId }) => store.deleteObject({ bucket: 'private', key: serviceImageRequestKey(userName, requestId) }),
    async remove(userName) {
      await store.deleteObject({ bucket: 'private', key: serviceImageKey(userName) });
      await store.deletePrefix('private', serviceImageRequests(userName));
    },
  };
}
