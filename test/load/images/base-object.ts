import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type CompletedPart, CompleteMultipartUploadCommand, CreateMultipartUploadCommand, GetObjectCommand, S3Client, UploadPartCommand } from '@aws-sdk/client-s3';
import type { UserApi } from '../../../src/cli/install-test/user-api';
import type { StackFile } from '../../../src/dev/stack-file';
import type { BenchStack } from '../bench-stack';
import { benchVersion } from '../service';

const paddedSize = 1_000_000_000;
const partSize = 50_000_000;

/** The live image that images are made of, as an object of the public bucket. */
export interface BaseImage {
  bucket: string;
  key: string;
  size: number;
}

/** The S3 server of a stack, with the stack's own credentials. */
export function createBenchS3(file: StackFile): S3Client {
  const credentials = { accessKeyId: file.s3_access_key_id, secretAccessKey: file.s3_secret_access_key };
  return new S3Client({ endpoint: file.s3_url, region: file.s3_region, forcePathStyle: true, credentials });
}

async function readObject(s3: S3Client, bucket: string, key: string): Promise<Buffer> {
  const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  if (!body) throw new Error(`${key} is empty`);
  return Buffer.from(await body.transformToByteArray());
}

/** Replaces an object by itself and random bytes up to the wanted size. */
export async function padObject(s3: S3Client, { bucket, key }: Pick<BaseImage, 'bucket' | 'key'>, original: Buffer, paddedSize: number): Promise<void> {
  const target = { Bucket: bucket, Key: key };
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(target));
  const parts: CompletedPart[] = [];
  for (let at = 0; at < paddedSize; at += partSize) {
    const size = Math.min(partSize, paddedSize - at);
    const own = original.subarray(at, at + size);
    const body = Buffer.concat([own, randomBytes(size - own.length)]);
    const number = parts.length + 1;
    const { ETag } = await s3.send(new UploadPartCommand({ ...target, UploadId, PartNumber: number, Body: body }));
    parts.push({ ETag, PartNumber: number });
  }
  await s3.send(new CompleteMultipartUploadCommand({ ...target, UploadId, MultipartUpload: { Parts: parts } }));
}

/** One version that is there makes the service ready; the others follow. */
async function waitForImages(apiUrl: string): Promise<void> {
  for (;;) {
    const state = (await (await fetch(`${apiUrl}/ready`)).json()) as { warnings?: string[] };
    if (!state.warnings) return;
    await delay(500);
  }
}

/** Brings the base of a stack that is the bench's own to the size of real ones. */
export async function prepareBase(s3: S3Client, api: UserApi, { file, isOwn }: BenchStack): Promise<BaseImage> {
  await waitForImages(file.api_url);
  const versions = await api.http.call<Record<string, { rhcos_version?: string }>>('GET', '/openshift_versions');
  const object = { bucket: file.s3_bucket_public, key: `rhcos-${versions[benchVersion]?.rhcos_version ?? ''}.iso` };
  const original = await readObject(s3, object.bucket, object.key);
  if (!isOwn || original.length >= paddedSize) return { ...object, size: original.length };
  await padObject(s3, object, original, paddedSize);
  return { ...object, size: paddedSize };
}
