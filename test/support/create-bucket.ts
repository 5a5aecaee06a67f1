import { randomBytes } from 'node:crypto';
import { ensureBucket, type S3Access } from '../../src/dev/parts/ensure-bucket';
import { getPart } from './parts';

export interface TestBucket extends S3Access {
  bucket: string;
}

/** A fresh, empty bucket of its own for a suite with all it takes to use it. Gone with the test run. */
export async function createBucket({ isPublic = false } = {}): Promise<TestBucket> {
  const s3 = await getPart('s3');
  const bucket = `test-${randomBytes(8).toString('hex')}`;
  await ensureBucket(s3, bucket, { isPublic });
  return { ...s3, bucket };
}
