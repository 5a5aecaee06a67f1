import type { ByteStream } from '../../store/store';
import { StoreError } from '../../store/store-error';
import type { ServiceDeps } from '../deps';
import { Unavailable, type ServiceError } from '../errors';

export type DownloadStream = ByteStream;

export interface Download {
  fileName: string;
  /** Length of the whole object. */
  sizeBytes: number;
  etag: string;
  lastModified: Date | undefined;
  content: DownloadContent;
}

/**
 * `head`: only described. `whole`, `range`: with a stream to be read to its end or destroyed. `outside`: the range is none of it.
 * `flowing`: made while it is read, so nobody knows its length; without a stream where only the headers are wanted.
 */
export type DownloadContent =
  | { kind: 'head' }
  | { kind: 'whole'; stream: DownloadStream; length: number }
  | { kind: 'range'; stream: DownloadStream; length: number; range: string }
  | { kind: 'outside' }
  | { kind: 'flowing'; stream: DownloadStream | null };

export interface DownloadRequest {
  headOnly: boolean;
  /** Range header; one that is not a single byte range is ignored. */
  range?: string | undefined;
  /** If-Range header, a tag or a time: the range counts only for this version of the object. */
  ifRange?: string | undefined;
  /** The object may be of gigabytes. */
  isImage?: boolean | undefined;
}

/** Less than that is not worth a connection of its own to the S3 server: firmware reads an image by the sector. */
const largeBytes = 16 * 1024 * 1024;

/** Units are written in letters of either case. */
const singleRange = /^bytes=(\d+-\d*|-\d+)$/i;

/**
 * Opens an object of the private bucket for a download. Throws what `missing` makes when there is none, Unavailable when
 * the storage does not answer.
 */
export async function openObject({ store }: Pick<ServiceDeps, 'store'>, key: string, fileName: string, request: DownloadRequest, missing: () => ServiceError): Promise<Download> {
  const address = { bucket: 'private', key } as const;
  try {
    const range = request.range !== undefined && singleRange.test(request.range) ? request.range.toLowerCase() : undefined;
    if (request.headOnly || (range !== undefined && request.ifRange !== undefined)) {
      const info = await store.headObject(address);
      if (!info) throw missing();
      const described = { fileName, sizeBytes: info.sizeBytes, etag: info.etag, lastModified: info.lastModified };
      if (request.headOnly) return { ...described, content: { kind: 'head' } };
      if (!isSame(request.ifRange, info)) return await openObject({ store }, key, fileName, { headOnly: false, isImage: request.isImage }, missing);
    }
    return await open(store, address, fileName, range, request.isImage ?? false);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    if (error.type === 'NotFound') throw missing();
    throw new Unavailable('The file storage does not answer; try again.', 5, { cause: error });
  }
}

/** Whether If-Range names an object as it is now: by its tag, or by exactly its time (RFC 9110 13.1.5). */
const isSame = (ifRange: string | undefined, { etag, lastModified }: { etag: string; lastModified: Date | undefined }): boolean =>
  ifRange === etag || (lastModified !== undefined && ifRange === lastModified.toUTCString());

/** Whether a range names both its ends and they lie close together. */
function isShort(range: string | undefined): boolean {
  const [first, last] = /^bytes=(\d*)-(\d+)$/.exec(range ?? '')?.slice(1).map(Number) ?? [];
  return first !== undefined && last !== undefined && last - first < largeBytes;
}

async function open(store: ServiceDeps['store'], address: { bucket: 'private'; key: string }, fileName: string, range: string | undefined, isImage: boolean): Promise<Download> {
  try {
    const object = await store.getObject(address, { ...(range !== undefined && { range }), isLarge: isImage && !isShort(range) });
    const { stream, contentLength: length, contentRange, sizeBytes, etag, lastModified } = object;
    const content: DownloadContent = contentRange === undefined ? { kind: 'whole', stream, length } : { kind: 'range', stream, length, range: contentRange };
    return { fileName, sizeBytes, etag, lastModified, content };
  } catch (error) {
    if (!(error instanceof StoreError) || error.type !== 'InvalidRange') throw error;
    const info = await store.headObject(address);
    return { fileName, sizeBytes: info?.sizeBytes ?? 0, etag: info?.etag ?? '', lastModified: info?.lastModified, content: { kind: 'outside' } };
  }
}
