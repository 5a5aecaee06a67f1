import { Busboy, type BusboyFileStream, type BusboyInstance } from '@fastify/busboy';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { RequestError } from '../errors';

/** A form's field that holds a file. */
export interface UploadField {
  name: string;
  /** Longest file. */
  maxBytes: number;
}

/** Boundaries, headers and small fields beside the file. */
const formOverhead = 64 * 1024;

/**
 * Finds the file in a multipart form and gives it piece by piece while it comes; the form is never held as a whole.
 * Throws RequestError: 422 when there is no such file, 413 when it is or becomes too long; a form that breaks off fails the reading.
 */
export async function openUpload(request: Request, { name, maxBytes }: UploadField): Promise<AsyncIterable<Uint8Array>> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes + formOverhead) throw tooLarge(maxBytes);
  const parser = createParser(request, name, maxBytes);
  if (!parser || !request.body) throw missing(name);
  const { body } = request;
  const abandoned = new AbortController();
  const file = await new Promise<BusboyFileStream>((resolve, reject) => {
    let taken: BusboyFileStream | undefined;
    parser.on('file', (field, stream) => {
      if (field !== name || taken) return void stream.resume();
      taken = stream;
      stream.once('limit', () => stream.destroy(tooLarge(maxBytes)));
      stream.once('error', () => abandoned.abort());
      resolve(stream);
    });
    pipeline(Readable.fromWeb(body as NodeReadableStream<Uint8Array>), parser, { signal: abandoned.signal }).then(
      () => reject(missing(name)),
      () => {
        taken?.destroy(brokenOff());
        reject(brokenOff());
      },
    );
  });
  return readFile(file, abandoned);
}

/** Stops reading the request when the reader of the file does not want more of it. */
async function* readFile(file: BusboyFileStream, abandoned: AbortController): AsyncGenerator<Uint8Array> {
  let complete = false;
  try {
    yield* file as AsyncIterable<Buffer>;
    complete = true;
  } finally {
    if (!complete) abandoned.abort();
  }
}

function createParser(request: Request, name: string, maxBytes: number): BusboyInstance | undefined {
  const contentType = request.headers.get('content-type') ?? '';
  if (!/^multipart\/form-data\s*;/i.test(contentType)) return undefined;
  try {
    return new Busboy({
      headers: { 'content-type': contentType },
      isPartAFile: (field, type, fileName) => field === name || fileName !== undefined || type === 'application/octet-stream',
      limits: { fileSize: maxBytes, fieldSize: formOverhead, fields: 20, files: 20, parts: 40, headerPairs: 100 },
    });
  } catch {
    return undefined;
  }
}

const missing = (name: string): RequestError => new RequestError(422, 602, `${name} in formData is required`);
const brokenOff = (): RequestError => new RequestError(400, 400, 'The form ended before its end.');
const tooLarge = (limit: number): RequestError => new RequestError(413, 413, `The file is larger than the ${limit} bytes allowed here.`);
