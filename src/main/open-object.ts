import { ImageError } from '../iso/image-error';
import { SourceChanged, type OpenObject } from '../iso/open-source';
import type { Store } from '../store/store';
import { StoreError } from '../store/store-error';

/** Reads sources of images that lie in a bucket, with the credentials of the service. */
export function openObjectOf(store: Pick<Store, 'openForeign'>): OpenObject {
  return async (object, { from, version, signal }) => {
    try {
      const { stream, sizeBytes, etag } = await store.openForeign(object, { from, ...(version === undefined ? {} : { etag: version }), signal });
      return { stream: stream as AsyncIterable<Buffer>, totalBytes: sizeBytes, version: etag };
    } catch (error) {
      if (error instanceof StoreError && error.type === 'Changed') throw new SourceChanged();
      if (error instanceof StoreError && (error.type === 'NotFound' || error.type === 'Rejected')) throw new ImageError(error.message, { cause: error });
      throw error;
    }
  };
}
