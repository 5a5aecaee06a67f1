import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
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
const atOnce = 20;
/** Of the base that many are made of at once: twenty copies of a gigabyte would measure the disk alone. */
const smallerSize = 100_000_000;

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
async function padObject(s3: S3Client, { bucket, key }: Pick<BaseImage, 'bucket' | 'key'>, original: Buffer, paddedSize: number): Promise<void> {
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

async function prepareBase(s3: S3Client, api: UserApi, { file, isOwn }: BenchStack): Promise<BaseImage> {
  await waitForImages(file.api_url);
  const versions = await api.http.call<Record<string, { rhcos_version?: string }>>('GET', '/openshift_versions');
  const object = { bucket: file.s3_bucket_public, key: `rhcos-${versions[benchVersion]?.rhcos_version ?? ''}.iso` };
  const original = await readObject(s3, object.bucket, object.key);
  if (!isOwn || original.length >= paddedSize) return { ...object, size: original.length };
  await padObject(s3, object, original, paddedSize);
  return { ...object, size: paddedSize };
}

/** Reads a download to its end and gives its bytes a second. */
async function throughputOf(open: () => Promise<Response>): Promise<number> {
  const started = performance.now();
  const { body } = await open();
  if (!body) throw new Error('the download is empty');
  let bytes = 0;
  for await (const chunk of body) bytes += (chunk as Uint8Array).length;
  return bytes / ((performance.now() - started) / 1000);
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
  const size = `base image of ${(base.size / mega).toFixed(0)} MB`;
  const ratio = median(creations) / median(copies);
  const single: Measurement[] = [
    { name: 'discovery image, against CopyObject', value: ratio, unit: 'x', goal: 1.2, note: `${median(creations).toFixed(2)} s : ${median(copies).toFixed(2)} s, ${size}` },
    { name: 'discovery image, bytes through the service', value: mostTraffic / mega, unit: 'MB', goal: 16, note: size },
  ];
  const results = [...single, await measureDownload(stack, api, base, pairs), ...(stack.isOwn ? await measureMany(stack, api, s3, base, traffic) : [])];
  s3.destroy();
  return results;
}

/** Downloads of one image by turns from the service and from the S3 server, where anybody may read the base of the same size. */
async function measureDownload({ file }: BenchStack, api: UserApi, base: BaseImage, pairs: number): Promise<Measurement> {
  const { id } = await registerCluster(api, file);
  const { image_info: image } = await api.generateImage(id, { image_type: 'full-iso' });
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    ours.push(await throughputOf(() => fetch(image?.download_url ?? '')));
    theirs.push(await throughputOf(() => fetch(`${file.s3_url}/${base.bucket}/${base.key}`)));
  }
  await api.deregister(id);
  const note = `${(median(theirs) / mega).toFixed(0)} MB/s from the S3 server, ${(median(ours) / mega).toFixed(0)} MB/s from the service`;
  return { name: 'download of an image, S3 server against service', value: median(theirs) / median(ours), unit: 'x', goal: 1.15, note };
}

/** Many images at once against as many copies at once, of a smaller base. */
async function measureMany({ file }: BenchStack, api: UserApi, s3: S3Client, base: BaseImage, traffic: () => number): Promise<Measurement[]> {
  const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: base.bucket, Key: base.key, Range: `bytes=0-${Math.min(base.size, smallerSize) - 1}` }));
  await padObject(s3, base, Buffer.from((await body?.transformToByteArray()) ?? []), smallerSize);
  const numbers = Array.from({ length: atOnce }, (_, index) => index);
  const copies = await timed(() => Promise.all(numbers.map((index) => s3.send(new CopyObjectCommand({ Bucket: file.s3_bucket, Key: `bench-copy-${index}.iso`, CopySource: `${base.bucket}/${base.key}` })))));
  await Promise.all(numbers.map((index) => s3.send(new DeleteObjectCommand({ Bucket: file.s3_bucket, Key: `bench-copy-${index}.iso` }))));
  const ids: string[] = [];
  for (const _ of numbers) ids.push((await registerCluster(api, file)).id);
  const before = traffic();
  const creations = await timed(() => Promise.all(ids.map((id) => api.generateImage(id, { image_type: 'full-iso' }))));
  const bytes = (traffic() - before) / atOnce;
  for (const id of ids) await api.deregister(id);
  const note = `${creations.toFixed(2)} s : ${copies.toFixed(2)} s, ${atOnce} images of a base of ${smallerSize / mega} MB`;
  return [
    { name: `${atOnce} discovery images at once, against CopyObject`, value: creations / copies, unit: 'x', goal: 1.2, note },
    { name: `${atOnce} discovery images at once, bytes through the service for each`, value: bytes / mega, unit: 'MB', goal: 16, note },
  ];
}
