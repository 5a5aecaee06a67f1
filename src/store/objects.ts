import { CopyObjectCommand, DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand, type GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { call, timeouts } from './call';
import type { ObjectContent, ObjectInfo, Store } from './store';
import { locate, nameObject, type StoreContext } from './store-context';
import { StoreError } from './store-error';

type ObjectOperations = Pick<Store, 'putObject' | 'copyObject' | 'getObject' | 'openForeign' | 'readObject' | 'readRange' | 'headObject' | 'deleteObject'>;

/** Calls about one object. */
export function createObjectOperations(context: StoreContext): ObjectOperations {
  const { client, largeReads } = context;
  const operations: ObjectOperations = {
    putObject: (address, body, { contentType, origin, signal } = {}) =>
      call(`write ${nameObject(address)}`, timeouts.transfer, signal, async (abortSignal) => {
        const command = new PutObjectCommand({ ...locate(context, address), Body: body, ...(contentType ? { ContentType: contentType } : {}), ...(origin ? { Metadata: { origin } } : {}) });
        const output = await client.send(command, { abortSignal });
        return { etag: output.ETag ?? '' };
      }),

    copyObject: (from, to, { signal } = {}) =>
      call(`copy ${nameObject(from)}`, timeouts.transfer, signal, async (abortSignal) => {
        const source = locate(context, from);
        const CopySource = [source.Bucket, ...source.Key.split('/')].map(encodeURIComponent).join('/');
        await client.send(new CopyObjectCommand({ ...locate(context, to), CopySource }), { abortSignal });
      }),

    getObject: (address, { range, isLarge, signal } = {}) =>
      call(`read ${nameObject(address)}`, timeouts.small, signal, async (abortSignal) => {
        const command = new GetObjectCommand({ ...locate(context, address), ...(range ? { Range: range } : {}) });
        const content = toContent(await (isLarge ? largeReads : client).send(command, { abortSignal }));
        endWith(content.stream, signal);
        return content;
      }),

    openForeign: ({ bucket, key }, { from, etag, signal }) =>
      call(`read ${bucket}/${key}`, timeouts.small, signal, async (abortSignal) => {
        const command = new GetObjectCommand({ Bucket: bucket, Key: key, ...(from > 0 && { Range: `bytes=${from}-` }), ...(etag && { IfMatch: etag }) });
        const content = toContent(await client.send(command, { abortSignal }));
        endWith(content.stream, signal);
        return content;
      }),

    readObject: (address, { signal } = {}) =>
      call(`read ${nameObject(address)}`, timeouts.transfer, signal, async (abortSignal) => {
        const output = await client.send(new GetObjectCommand(locate(context, address)), { abortSignal });
        return buffer(toContent(output).stream);
      }),

    readRange: (address, { offset, length, etag }, { signal } = {}) =>
      call(`read ${nameObject(address)}`, timeouts.transfer, signal, async (abortSignal) => {
        if (length === 0) return Buffer.alloc(0);
        const command = new GetObjectCommand({
          ...locate(context, address),
          Range: `bytes=${offset}-${offset + length - 1}`,
          ...(etag ? { IfMatch: etag } : {}),
        });
        const bytes = await buffer(toContent(await client.send(command, { abortSignal })).stream);
        if (bytes.length !== length) {
          throw new StoreError('InvalidRange', `read ${nameObject(address)}: ${bytes.length} of ${length} bytes from ${offset}`);
        }
        return bytes;
      }),

    headObject: (address, { signal } = {}) =>
      call(`look up ${nameObject(address)}`, timeouts.small, signal, async (abortSignal) => {
        const output = await client.send(new HeadObjectCommand(locate(context, address)), { abortSignal });
        return toInfo(output, output.ContentLength ?? 0);
      }).catch(absentIfNotFound),

    deleteObject: (address, { signal } = {}) =>
      call(`delete ${nameObject(address)}`, timeouts.small, signal, async (abortSignal) => {
        await client.send(new DeleteObjectCommand(locate(context, address)), { abortSignal });
      }).catch(absentIfNotFound),
  };
  return operations;
}

function absentIfNotFound(error: unknown): undefined {
  if (error instanceof StoreError && error.type === 'NotFound') return undefined;
  throw error;
}

function toContent(output: GetObjectCommandOutput): ObjectContent {
  if (!(output.Body instanceof Readable)) throw new StoreError('Unavailable', 'the S3 server answered without a body');
  const contentLength = output.ContentLength ?? 0;
  const total = Number(output.ContentRange?.split('/')[1] ?? NaN);
  return {
    ...toInfo(output, Number.isNaN(total) ? contentLength : total),
    stream: output.Body,
    contentLength,
    contentRange: output.ContentRange,
  };
}

function toInfo(output: { ETag?: string | undefined; LastModified?: Date | undefined; ContentType?: string | undefined; Metadata?: Record<string, string> | undefined }, sizeBytes: number): ObjectInfo {
  return { sizeBytes, etag: output.ETag ?? '', lastModified: output.LastModified, contentType: output.ContentType, origin: output.Metadata?.['origin'] };
}

/** The SDK forgets the signal once the headers are there; a client that went away must free the connection. */
function endWith(stream: Readable, signal: AbortSignal | undefined): void {
  if (!signal) return;
  const end = () => stream.destroy();
  signal.addEventListener('abort', end, { once: true });
  stream.once('close', () => signal.removeEventListener('abort', end));
}
