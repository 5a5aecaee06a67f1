import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { ImageError } from './image-error';

/** An image at its source, from some byte on. */
export interface OpenedSource {
  stream: AsyncIterable<Uint8Array>;
  /** Of the whole image, where the source tells. */
  totalBytes: number | undefined;
  /** Names these bytes, so that the rest can be asked for later; undefined when the source cannot give a part. */
  version: string | undefined;
}

export interface SourceRequest {
  from: number;
  /** Version that the former bytes were of. */
  version: string | undefined;
  signal: AbortSignal;
}

/** Reads an object of an S3 bucket that the service's credentials may read. */
export type OpenObject = (object: { bucket: string; key: string }, request: SourceRequest) => Promise<OpenedSource>;

/** Ways to what lies elsewhere; without one, addresses of its kind are refused, or fetched directly. */
export interface SourceAccess {
  /** Reads s3 addresses. */
  openObject?: OpenObject | undefined;
  /** Fetches http and https addresses, e.g. through a proxy. */
  fetch?: typeof fetch | undefined;
}

/** What is there now is not what the former bytes were of. */
export class SourceChanged extends Error {
  override readonly name = 'SourceChanged';

  constructor() {
    super('the source does not go on where it was interrupted, or has changed');
  }
}

const finalRefusal = (status: number): boolean => status >= 400 && status < 500 && status !== 408 && status !== 429;

/**
 * Opens the source of an image: http, https, file or s3 (`s3://bucket/key`). Throws ImageError when trying again cannot help,
 * SourceChanged when a further part was asked for and the source is another by now, and Error otherwise.
 */
export async function openSource(url: string, request: SourceRequest, { openObject, fetch: fetchIt = fetch }: SourceAccess = {}): Promise<OpenedSource> {
  const address = new URL(url);
  switch (address.protocol) {
    case 'file:':
      return openFile(fileURLToPath(url), request);
    case 'http:':
    case 'https:':
      return openHttp(url, request, fetchIt);
    case 's3:':
      if (!openObject) throw new ImageError('s3 addresses are not supported here');
      return openObject({ bucket: address.host, key: decodeURIComponent(address.pathname.slice(1)) }, request);
    default:
      throw new ImageError(`${address.protocol} addresses are not supported: use http, https, file or s3`);
  }
}

async function openFile(path: string, { from, version, signal }: SourceRequest): Promise<OpenedSource> {
  const { size, mtimeMs } = await stat(path);
  const present = `${size}-${mtimeMs}`;
  if (version !== undefined && version !== present) throw new SourceChanged();
  return { stream: createReadStream(path, { highWaterMark: 1024 * 1024, signal, start: from }) as AsyncIterable<Buffer>, totalBytes: size, version: present };
}

async function openHttp(url: string, { from, version, signal }: SourceRequest, fetchIt: typeof fetch): Promise<OpenedSource> {
  const isPart = from > 0 && version !== undefined;
  const response = await fetchIt(url, { signal, headers: { 'Accept-Encoding': 'identity', ...(isPart && { Range: `bytes=${from}-`, 'If-Range': version }) } });
  const refuse = async (error: Error): Promise<never> => {
    await response.body?.cancel();
    throw error;
  };
  if (isPart && response.status === 416) return refuse(new SourceChanged());
  if (!response.ok || !response.body) return refuse(new (finalRefusal(response.status) && !isPart ? ImageError : Error)(`the server answered ${response.status}`));
  const rangeStart = /^bytes (\d+)-\d+\/(\d+)$/.exec(response.headers.get('content-range') ?? '');
  if (isPart && Number(rangeStart?.[1] ?? NaN) !== from) return refuse(new SourceChanged());
  const length = Number(response.headers.get('content-length') ?? NaN);
  const total = isPart ? Number(rangeStart?.[2]) : length;
  const etag = response.headers.get('etag');
  return {
    stream: Readable.fromWeb(response.body) as AsyncIterable<Buffer>,
    totalBytes: Number.isNaN(total) ? undefined : total,
    // A weak validator does not name bytes.
    version: etag !== null && !etag.startsWith('W/') ? etag : (response.headers.get('last-modified') ?? undefined),
  };
}
