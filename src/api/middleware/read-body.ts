import { RequestError } from '../errors';

/** Reads a body as text and refuses one that is longer than `limit` bytes, without reading on. */
export async function readBody(request: Request, limit: number): Promise<string> {
  const announced = request.headers.get('content-length');
  if (announced !== null) {
    if (Number(announced) > limit) throw tooLarge(limit);
    return request.text();
  }
  if (request.body === null) return '';
  const chunks: Uint8Array[] = [];
  let length = 0;
  const stream: ReadableStream<Uint8Array> = request.body;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return Buffer.concat(chunks).toString('utf8');
    length += value.byteLength;
    if (length > limit) {
      await reader.cancel();
      throw tooLarge(limit);
    }
    chunks.push(value);
  }
}

const tooLarge = (limit: number): RequestError => new RequestError(413, 413, `The request is larger than the ${limit} bytes allowed here.`);
