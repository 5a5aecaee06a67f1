import type { BucketKind, Store } from '../../src/store/store';

/** The keys of all objects whose key begins so. */
export async function listAllKeys(store: Store, bucket: BucketKind, prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of store.listKeys(bucket, prefix)) keys.push(key);
  return keys;
}
