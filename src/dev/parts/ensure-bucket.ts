import { BucketAlreadyOwnedByYou, CreateBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';

export interface S3Access {
  url: string;
  region: string;
  accessKey: string;
  secretKey: string;
}

/** A client for an S3 server that is addressed by path; the caller destroys it. */
export function makeS3Client({ url, region, accessKey, secretKey }: S3Access): S3Client {
  return new S3Client({
    endpoint: url,
    region,
    forcePathStyle: true,
    credentials: { accessKeyId: accessKey, secretAccessKey: secretKey },
  });
}

/** Creates a bucket when it is not there; a public one lets everybody read its objects, not list them. */
export async function ensureBucket(access: S3Access, bucket: string, { isPublic }: { isPublic: boolean }): Promise<void> {
  const client = makeS3Client(access);
  try {
    try {
      await client.send(new CreateBucketCommand({ Bucket: bucket }));
    } catch (error) {
      if (!(error instanceof BucketAlreadyOwnedByYou)) throw error;
    }
    if (isPublic) {
      await client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: JSON.stringify(readPolicy(bucket)) }));
    }
  } finally {
    client.destroy();
  }
}

/** What makes a bucket's objects readable for everybody. */
export function readPolicy(bucket: string) {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/*` }],
  };
}
