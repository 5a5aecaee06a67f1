import { createStore, type StoreOptions } from '../../src/store/create-store';
import type { Store } from '../../src/store/store';
import { createBucket } from '../support/create-bucket';

export interface TestStore {
  store: Store;
  options: StoreOptions;
}

/** A store of its own on the S3 server of the test run, with both buckets. */
export async function createTestStore(changes: Partial<StoreOptions> = {}): Promise<TestStore> {
  const [hidden, shown] = [await createBucket(), await createBucket({ isPublic: true })];
  const options: StoreOptions = {
    endpoint: hidden.url,
    region: hidden.region,
    accessKeyId: hidden.accessKey,
    secretAccessKey: hidden.secretKey,
    privateBucket: hidden.bucket,
    publicBucket: shown.bucket,
    ...changes,
  };
  return { store: createStore(options), options };
}
