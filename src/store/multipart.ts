import {
  AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CreateMultipartUploadCommand, UploadPartCommand, UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { call, timeouts } from './call';
import type { AssemblyPart, MultipartOptions, ObjectAddress } from './store';
import { locate, nameObject, type StoreContext } from './store-context';
import type { UploadOperations } from './uploads';

export interface MultipartUpload {
  /** Stores part `index` (from 0); parts may be stored in any order and at the same time. */
  addPart(index: number, part: AssemblyPart): Promise<void>;
  /** Aborted as soon as one part failed. */
  signal: AbortSignal;
}

export type MultipartContext = StoreContext & Pick<UploadOperations, 'abortFormer'>;

/**
 * Runs a multipart upload: `fill` adds the parts, and the object appears when it returns. Whatever fails, parts still under way
 * are ended and the upload is removed from the server; what a process that died could not remove, the next upload of the object does.
 */
export async function withMultipartUpload(
  context: MultipartContext,
  target: ObjectAddress,
  { contentType, origin, soleMaker = false, signal: outer }: MultipartOptions,
  fill: (upload: MultipartUpload) => Promise<void>,
): Promise<{ etag: string }> {
  const { client } = context;
  const object = locate(context, target);
  const what = `write ${nameObject(target)}`;
  const created = await call(what, timeouts.small, outer, (abortSignal) =>
    client.send(new CreateMultipartUploadCommand({ ...object, ...(contentType ? { ContentType: contentType } : {}), ...(origin ? { Metadata: { origin } } : {}) }), { abortSignal }));
  const upload = { ...object, UploadId: created.UploadId };
  const failure = new AbortController();
  const signal = outer ? AbortSignal.any([outer, failure.signal]) : failure.signal;
  const tags: string[] = [];
  const running = new Set<Promise<void>>();

  const storePart = async (index: number, part: AssemblyPart) => {
    const numbered = { ...upload, PartNumber: index + 1 };
    const tag = await context.transfers.run(() => call(what, timeouts.transfer, signal, async (abortSignal) => {
      if (part.kind === 'upload') return (await client.send(new UploadPartCommand({ ...numbered, Body: part.body }), { abortSignal })).ETag;
      return (await client.send(new UploadPartCopyCommand({ ...numbered, ...copySource(context, part) }), { abortSignal })).CopyPartResult?.ETag;
    }));
    tags[index] = tag ?? '';
  };
  const addPart = (index: number, part: AssemblyPart) => {
    const stored = storePart(index, part);
    running.add(stored);
    stored.then(() => running.delete(stored), (error: unknown) => failure.abort(error));
    return stored;
  };

  try {
    await context.abortFormer({ target, uploadId: upload.UploadId, soleMaker }, outer);
    await fill({ addPart, signal });
    await Promise.all(running);
    const Parts = tags.map((ETag, index) => ({ ETag, PartNumber: index + 1 }));
    const output = await call(what, timeouts.complete, signal, (abortSignal) =>
      client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }), { abortSignal }));
    return { etag: output.ETag ?? '' };
  } catch (error) {
    failure.abort(error);
    // A part that arrives after the removal would stay on the server for ever.
    await Promise.allSettled(running);
    await call(what, timeouts.small, undefined, (abortSignal) => client.send(new AbortMultipartUploadCommand(upload), { abortSignal })).catch(() => undefined);
    throw error;
  }
}

function copySource(context: StoreContext, { from, etag, offset, length }: Extract<AssemblyPart, { kind: 'copy' }>) {
  const { Bucket, Key } = locate(context, from);
  return {
    CopySource: `${Bucket}/${Key.split('/').map(encodeURIComponent).join('/')}`,
    CopySourceRange: `bytes=${offset}-${offset + length - 1}`,
    CopySourceIfMatch: etag,
  };
}
