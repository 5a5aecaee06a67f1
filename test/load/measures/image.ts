import { randomBytes } from 'node:crypto';
import {
  type CompletedPart, CompleteMultipartUploadCommand, CopyObjectCommand, CreateMultipartUploadCommand, DeleteObjectCommand, GetObjectCommand, S3Client, UploadPartCommand,
} from '@aws-sdk/client-s3';
import type { UserApi } from '../../../src/cli/install-test/user-api';
import type { BenchStack } from '../bench-stack';
import type { Measurement } from '../measurement';
import type { BenchOptions } from '../options';
import { treeTrafficBytes } from '../process-stats';
import { benchVersion, createBenchApi, registerCluster } from '../service';

const paddedSize = 1_000_000_000;
const partSize = 50_000_000;
const mega = 1_000_000;

interface BaseImage {
  bucket: string;
  key: string;
  size: number;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

async function readObject(s3: S3Client, bucket: string, key: string): Promise<Buffer> {
  const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  if (!body) throw new Error(`${key} is empty`);
  return Buffer.from(await body.transformToByteArray());
}

/** Replaces an object by itself and random bytes up to the wanted size. */
async function padObject(s3: S3Client, { bucket, key }: Pick<BaseImage, 'bucket' | 'key'>, original: Buffer): Promise<void> {
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

async function prepareBase(s3: S3Client, api: UserApi, { file, isOwn }: BenchStack): Promise<BaseImage> {
  const versions = await api.http.call<Record<string, { rhcos_version?: string }>>('GET', '/openshift_versions');
  const object = { bucket: file.s3_bucket_public, key: `rhcos-${versions[benchVersion]?.rhcos_version ?? ''}.iso` };
  const original = await readObject(s3, object.bucket, object.key);
  if (!isOwn || original.length >= paddedSize) return { ...object, size: original.length };
  await padObject(s3, object, original);
  return { ...object, size: paddedSize };
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return (performance.now() - started) / 1000;
}

/** Making a discovery image against a plain copy of its base by the S3 server, in turns. */
export async function measureImage(stack: BenchStack, { pairs }: BenchOptions): Promise<Measurement[]> {
  const { file } = stack;
  const api = createBenchApi(file, AbortSignal.timeout(900_000));
  const credentials = { accessKeyId: file.s3_access_key_id, secretAccessKey: file.s3_secret_access_key };
  const s3 = new S3Client({ endpoint: file.s3_url, region: file.s3_region, forcePathStyle: true, credentials });
  const base = await prepareBase(s3, api, stack);
  const copyTarget = { Bucket: file.s3_bucket, Key: 'bench-copy.iso' };
  const traffic = (): number => treeTrafficBytes(file.pids.api) + treeTrafficBytes(file.pids.worker);
  const creations: number[] = [];
  const copies: number[] = [];
  let mostTraffic = 0;

  const copy = async (): Promise<void> => {
    copies.push(await timed(() => s3.send(new CopyObjectCommand({ ...copyTarget, CopySource: `${base.bucket}/${base.key}` }))));
    await s3.send(new DeleteObjectCommand(copyTarget));
  };
  const create = async (): Promise<void> => {
    const { id } = await registerCluster(api, file);
    const before = traffic();
    creations.push(await timed(() => api.generateImage(id, { image_type: 'full-iso' })));
    mostTraffic = Math.max(mostTraffic, traffic() - before);
    await api.deregister(id);
  };

  for (let pair = 0; pair < pairs; pair++) {
    for (const step of pair % 2 === 0 ? [copy, create] : [create, copy]) await step();
  }
  s3.destroy();
  const size = `base image of ${(base.size / mega).toFixed(0)} MB`;
  const ratio = median(creations) / median(copies);
  return [
    { name: 'discovery image, against CopyObject', value: ratio, unit: 'x', goal: 1.2, note: `${median(creations).toFixed(2)} s : ${median(copies).toFixed(2)} s, ${size}` },
    { name: 'discovery image, bytes through the service', value: mostTraffic / mega, unit: 'MB', goal: 16, note: size },
  ];
}
