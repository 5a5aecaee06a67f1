import type { S3Client } from '@aws-sdk/client-s3';
import type { Limiter } from './limiter';
import type { BucketKind, ObjectAddress } from './store';

export interface StoreLog {
  warn(fields: object, message: string): void;
}

/** What the operations of one store share. */
export interface StoreContext {
  client: S3Client;
  /** For bodies of many megabytes. */
  largeReads: S3Client;
  buckets: Record<BucketKind, string>;
  /** Shared by all multipart work, so that many images at once do not overrun the S3 server. */
  transfers: Limiter;
  log: StoreLog;
}

/** Bucket and key as the SDK wants them. */
export function locate(context: StoreContext, address: ObjectAddress): { Bucket: string; Key: string } {
  return { Bucket: context.buckets[address.bucket], Key: address.key };
}

/** For messages: `private/<key>`. */
export function nameObject({ bucket, key }: ObjectAddress): string {
  return `${bucket}/${key}`;
}
