import { IgnitionError } from '../../domain/ignition/ignition-error';
import { serviceImageKey, serviceImageRequestKey, serviceImageRequests, type ServiceImageRequest } from '../../domain/service-image/service-image';
import { baseImageAddress } from '../base-image';
import { buildIso } from '../build-iso';
import { packIgnition } from '../ignition-archive';
import { ImageError } from '../image-error';
import type { ImageAddress, ImageStore } from '../image-store';
import { BaseImageMissing, createBaseImageInspector, type BaseImageInfo } from '../inspect-base-image';
import { renderServiceIgnition } from './render-service-ignition';

export interface ServiceImageStore extends ImageStore {
  readObject(address: ImageAddress, options?: { signal?: AbortSignal }): Promise<Buffer>;
  deletePrefix(bucket: 'private', prefix: string): Promise<number>;
}

export interface ServiceImageMakerOptions {
  store: ServiceImageStore;
  /** Decrypts a stored request. */
  unseal: (sealed: Buffer) => string;
  /** Brings back a base image that is not there. */
  restoreBaseImage: (rhcosVersion: string, missing: ImageAddress, signal: AbortSignal) => Promise<unknown>;
}

export interface ServiceImageMaker {
  /** Makes the image of a user by a stored request. Throws ImageError when trying again cannot help. */
  build(order: { userName: string; requestId: string }, signal: AbortSignal): Promise<{ sizeBytes: number }>;
  /** Removes a stored request. */
  discard(order: { userName: string; requestId: string }): Promise<void>;
  /** Removes the image of a user, and requests that nobody took up. */
  remove(userName: string): Promise<void>;
}

const privateObject = (key: string): ImageAddress => ({ bucket: 'private', key });

/** Makes images for machines that run the service, one for each user. */
export function createServiceImageMaker({ store, unseal, restoreBaseImage }: ServiceImageMakerOptions): ServiceImageMaker {
  const inspect = createBaseImageInspector(store);

  async function readRequest({ userName, requestId }: { userName: string; requestId: string }, signal: AbortSignal): Promise<ServiceImageRequest> {
    const address = privateObject(serviceImageRequestKey(userName, requestId));
    if (!(await store.headObject(address, { signal }))) throw new ImageError('the request for a service image is not stored any more');
    return JSON.parse(unseal(await store.readObject(address, { signal }))) as ServiceImageRequest;
  }

  async function findBase(rhcosVersion: string, signal: AbortSignal): Promise<{ base: ImageAddress; info: BaseImageInfo }> {
    const base = baseImageAddress(rhcosVersion);
    try {
      return { base, info: await inspect(base, { signal }) };
    } catch (error) {
      if (!(error instanceof BaseImageMissing)) throw error;
      await restoreBaseImage(rhcosVersion, base, signal);
      return { base, info: await inspect(base, { signal }) };
    }
  }

  return {
    async build(order, signal) {
      const request = await readRequest(order, signal);
      const payload = packIgnition(render(request));
      const { base, info } = await findBase(request.rhcosVersion, signal);
      const { sizeBytes } = await buildIso(store, { base, info, target: privateObject(serviceImageKey(order.userName)), fillings: [{ what: 'the configuration', area: info.embedArea, payload }] }, { signal });
      return { sizeBytes };
    },
    discard: ({ userName, requestId }) => store.deleteObject(privateObject(serviceImageRequestKey(userName, requestId))),
    async remove(userName) {
      await store.abortUploads('private', serviceImageKey(userName));
      await store.deleteObject(privateObject(serviceImageKey(userName)));
      await store.deletePrefix('private', serviceImageRequests(userName));
    },
  };
}

function render(request: ServiceImageRequest): string {
  try {
    return renderServiceIgnition(request);
  } catch (error) {
    if (error instanceof IgnitionError) throw new ImageError(error.message, { cause: error });
    throw error;
  }
}
