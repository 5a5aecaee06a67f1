import { AbortMultipartUploadCommand, ListMultipartUploadsCommand, type MultipartUpload } from '@aws-sdk/client-s3';
import { call, timeouts } from './call';
import type { BucketKind, ObjectAddress, Store } from './store';
import { nameObject, type StoreContext } from './store-context';
import { StoreError } from './store-error';

/** No upload is under way for so long: whoever began it is gone. */
const deadAfterMs = 24 * 3_600_000;
/** Aborted at a time. */
const sideBySide = 16;

interface Own {
  target: ObjectAddress;
  uploadId: string | undefined;
  /** Nobody else may be at work on this object. */
  soleMaker: boolean;
}

export interface UploadOperations extends Pick<Store, 'abortUploads'> {
  /**
   * Removes what makers who died left of the same object: uploads that were begun before this one, by the server's clock, and a day before where
   * others may be at work on it too. One that was begun later stays. Whatever fails is logged: the object can be made all the same.
   */
  abortFormer(own: Own, signal: AbortSignal | undefined): Promise<void>;
}

/** Calls about uploads in parts that nobody completes: their parts stay on the server until they are aborted, and are in no list of objects. */
export function createUploadOperations({ client, buckets, log }: Pick<StoreContext, 'client' | 'buckets' | 'log'>): UploadOperations {
  let isRefusalTold = false;

  /** The first of them, at most 1,000, by key and time. */
  async function list(bucket: BucketKind, prefix: string, signal: AbortSignal | undefined): Promise<{ uploads: MultipartUpload[]; areAll: boolean }> {
    const page = await call(`list the uploads of ${bucket}/${prefix}`, timeouts.small, signal, (abortSignal) =>
      client.send(new ListMultipartUploadsCommand({ Bucket: buckets[bucket], Prefix: prefix }), { abortSignal }));
    return { uploads: page.Uploads ?? [], areAll: page.IsTruncated !== true };
  }

  async function abort(bucket: BucketKind, { Key, UploadId }: MultipartUpload, signal: AbortSignal | undefined): Promise<void> {
    try {
      await call(`abort an upload of ${bucket}/${Key ?? ''}`, timeouts.small, signal, (abortSignal) =>
        client.send(new AbortMultipartUploadCommand({ Bucket: buckets[bucket], Key, UploadId }), { abortSignal }));
    } catch (error) {
      // Completed or aborted meanwhile.
      if (!(error instanceof StoreError) || error.type !== 'NotFound') throw error;
    }
  }

  /** A server that knows no such list, or credentials that may not see it: told once, the rest goes on without. */
  async function unlessRefused<T>(work: Promise<T>, otherwise: T): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof StoreError) || error.retryable) throw error;
      if (!isRefusalTold) log.warn({ reason: error.message }, 'The S3 server does not let unfinished uploads be listed and aborted: what processes that died leave there is for a lifecycle rule of its buckets.');
      isRefusalTold = true;
      return otherwise;
    }
  }

  /** Asks for the first ones until there are none: not every server understands where its own page ended. */
  async function abortAll(bucket: BucketKind, prefix: string, signal: AbortSignal | undefined): Promise<number> {
    const aborted = new Set<string | undefined>();
    for (;;) {
      const { uploads, areAll } = await list(bucket, prefix, signal);
      const found = uploads.filter(({ UploadId }) => !aborted.has(UploadId));
      for (let start = 0; start < found.length; start += sideBySide) {
        await Promise.all(found.slice(start, start + sideBySide).map(async (upload) => {
          await abort(bucket, upload, signal);
          aborted.add(upload.UploadId);
        }));
      }
      if (areAll || found.length === 0) return aborted.size;
    }
  }

  async function abortBefore({ target: { bucket, key }, uploadId, soleMaker }: Own, signal: AbortSignal | undefined): Promise<void> {
    const { uploads } = await list(bucket, key, signal);
    const own = uploads.find(({ UploadId }) => UploadId === uploadId)?.Initiated?.getTime();
    if (own === undefined) return;
    const before = own - (soleMaker ? 0 : deadAfterMs);
    for (const upload of uploads) if (upload.Key === key && (upload.Initiated?.getTime() ?? own) < before) await abort(bucket, upload, signal);
  }

  return {
    abortUploads: (bucket, prefix, { signal } = {}) => unlessRefused(abortAll(bucket, prefix, signal), 0),
    abortFormer: async (own, signal) => {
      try {
        await unlessRefused(abortBefore(own, signal), undefined);
      } catch (error) {
        signal?.throwIfAborted();
        log.warn({ object: nameObject(own.target), reason: error instanceof Error ? error.message : 'unknown' }, 'Former uploads of an object could not be looked for.');
      }
    },
  };
}
