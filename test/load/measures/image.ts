import { CopyObjectCommand, DeleteObjectCommand, GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import type { UserApi } from '../../../src/cli/install-test/user-api';
import type { BenchStack } from '../bench-stack';
import { type BaseImage, createBenchS3, padObject, prepareBase } from '../images/base-object';
import { median, type Measurement } from '../measurement';
import type { BenchOptions } from '../options';
import { treeTrafficBytes } from '../process-stats';
import { createBenchApi, registerCluster } from '../service';

const mega = 1_000_000;
const atOnce = 20;

async function timed(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return (performance.now() - started) / 1000;
}

/** Making a discovery image against a plain copy of its base by the S3 server, in turns. */
export async function measureImage(stack: BenchStack, { pairs, manyMegabytes }: BenchOptions): Promise<Measurement[]> {
  const { file } = stack;
  const api = createBenchApi(file, AbortSignal.timeout(900_000));
  const s3 = createBenchS3(file);
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
  const results = [...single, ...(stack.isOwn ? await measureMany(stack, api, s3, base, traffic, manyMegabytes * mega) : [])];
  s3.destroy();
  return results;
}

/** Many images at once against as many copies at once, of a base of the given size. */
async function measureMany({ file }: BenchStack, api: UserApi, s3: S3Client, base: BaseImage, traffic: () => number, size: number): Promise<Measurement[]> {
  if (size !== base.size) {
    const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: base.bucket, Key: base.key, Range: `bytes=0-${Math.min(base.size, size) - 1}` }));
    await padObject(s3, base, Buffer.from((await body?.transformToByteArray()) ?? []), size);
  }
  const numbers = Array.from({ length: atOnce }, (_, index) => index);
  const copies = await timed(() => Promise.all(numbers.map((index) => s3.send(new CopyObjectCommand({ Bucket: file.s3_bucket, Key: `bench-copy-${index}.iso`, CopySource: `${base.bucket}/${base.key}` })))));
  await Promise.all(numbers.map((index) => s3.send(new DeleteObjectCommand({ Bucket: file.s3_bucket, Key: `bench-copy-${index}.iso` }))));
  const ids: string[] = [];
  for (const _ of numbers) ids.push((await registerCluster(api, file)).id);
  const before = traffic();
  const creations = await timed(() => Promise.all(ids.map((id) => api.generateImage(id, { image_type: 'full-iso' }))));
  const bytes = (traffic() - before) / atOnce;
  for (const id of ids) await api.deregister(id);
  const note = `${creations.toFixed(2)} s : ${copies.toFixed(2)} s, ${atOnce} images of a base of ${size / mega} MB`;
  return [
    { name: `${atOnce} discovery images at once, against CopyObject`, value: creations / copies, unit: 'x', goal: 1.2, note },
    { name: `${atOnce} discovery images at once, bytes through the service for each`, value: bytes / mega, unit: 'MB', goal: 16, note },
  ];
}
