import { DeleteObjectsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { call, timeouts } from './call';
import type { BucketKind, Store } from './store';
import type { StoreContext } from './store-context';
import { StoreError } from './store-error';

/** What one DeleteObjects call takes at most. */
const deleteBatch = 1000;

type ListingOperations = Pick<Store, 'listKeys' | 'deleteObjects' | 'deletePrefix'>;

/** Calls about many objects. */
export function createListingOperations(context: StoreContext): ListingOperations {
  const { client, buckets } = context;

  async function* listKeys(bucket: BucketKind, prefix: string, { signal }: { signal?: AbortSignal } = {}): AsyncGenerator<string> {
    let token: string | undefined;
    do {
      const page = await call(`list ${bucket}/${prefix}`, timeouts.small, signal, (abortSignal) => {
        const command = new ListObjectsV2Command({ Bucket: buckets[bucket], Prefix: prefix, ...(token ? { ContinuationToken: token } : {}) });
        return client.send(command, { abortSignal });
      });
      for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key;
      token = page.IsTruncated ? page.NextContinuationToken : undefined;
    } while (token !== undefined);
  }

  const deleteObjects: Store['deleteObjects'] = async (bucket, keys, { signal } = {}) => {
    for (let start = 0; start < keys.length; start += deleteBatch) {
      const batch = keys.slice(start, start + deleteBatch);
      await call(`delete ${batch.length} objects of ${bucket}`, timeouts.transfer, signal, async (abortSignal) => {
        const Delete = { Objects: batch.map((Key) => ({ Key })), Quiet: true };
        const output = await client.send(new DeleteObjectsCommand({ Bucket: buckets[bucket], Delete }), { abortSignal });
        const failed = output.Errors?.find((error) => error.Code !== 'NoSuchKey');
        if (failed) throw new StoreError('Unavailable', `delete ${bucket}/${failed.Key ?? ''}: ${failed.Code ?? 'failed'}`);
      });
    }
  };

  return {
    listKeys,
    deleteObjects,
    deletePrefix: async (bucket, prefix, { keep = () => false, ...options } = {}) => {
      const keys: string[] = [];
      for await (const key of listKeys(bucket, prefix, options)) if (!keep(key)) keys.push(key);
      await deleteObjects(bucket, keys, options);
      return keys.length;
    },
  };
}
