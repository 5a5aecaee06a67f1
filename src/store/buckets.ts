import { CreateBucketCommand, GetBucketPolicyCommand, HeadBucketCommand, PutBucketPolicyCommand } from '@aws-sdk/client-s3';
import { call, timeouts } from './call';
import type { BucketKind, Store } from './store';
import type { StoreContext } from './store-context';
import { StoreError } from './store-error';

type BucketOperations = Pick<Store, 'ensureBuckets' | 'ping'>;

/** Calls about the two buckets themselves. */
export function createBucketOperations(context: StoreContext): BucketOperations {
  const { client, buckets } = context;

  const hasBucket = (kind: BucketKind, timeoutMs: number, signal: AbortSignal | undefined) =>
    succeeds(call(`look up the ${kind} bucket`, timeoutMs, signal, (abortSignal) =>
      client.send(new HeadBucketCommand({ Bucket: buckets[kind] }), { abortSignal })), 'NotFound');

  const createBucket = async (kind: BucketKind, signal: AbortSignal | undefined) => {
    try {
      await call(`create the ${kind} bucket`, timeouts.small, signal, (abortSignal) =>
        client.send(new CreateBucketCommand({ Bucket: buckets[kind] }), { abortSignal }));
    } catch (error) {
      // Another replica may have been faster.
      if (!(await hasBucket(kind, timeouts.small, signal))) throw error;
    }
  };

  const ensurePolicy = async (signal: AbortSignal | undefined) => {
    const Bucket = buckets.public;
    const hasPolicy = await succeeds(call('read the policy of the public bucket', timeouts.small, signal, (abortSignal) =>
      client.send(new GetBucketPolicyCommand({ Bucket }), { abortSignal })), 'NotFound');
    if (hasPolicy) return;
    await call('write the policy of the public bucket', timeouts.small, signal, (abortSignal) =>
      client.send(new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(readPolicy(Bucket)) }), { abortSignal }));
  };

  return {
    ensureBuckets: async ({ signal } = {}) => {
      for (const kind of ['private', 'public'] as const) {
        if (!(await hasBucket(kind, timeouts.small, signal))) await createBucket(kind, signal);
      }
      await ensurePolicy(signal);
    },
    ping: async ({ signal } = {}) => {
      await Promise.all((['private', 'public'] as const).map(async (kind) => {
        if (!(await hasBucket(kind, timeouts.ping, signal))) throw new StoreError('Rejected', `the ${kind} bucket is missing`);
      }));
    },
  };
}

async function succeeds(work: Promise<unknown>, absent: StoreError['type']): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if (error instanceof StoreError && error.type === absent) return false;
    throw error;
  }
}

function readPolicy(bucket: string) {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/*` }],
  };
}
