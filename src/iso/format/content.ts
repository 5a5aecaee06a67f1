/** Content of a file to write: its bytes, or their number and a way to get them piece by piece. */
export type Content = Buffer | { bytes: number; read: () => Iterable<Buffer> | AsyncIterable<Buffer> };

export function contentBytes(content: Content): number {
  return Buffer.isBuffer(content) ? content.length : content.bytes;
}

/** The bytes of a content in pieces; one piece for a content that is in memory anyway. */
export async function* readContent(content: Content): AsyncGenerator<Buffer> {
  if (Buffer.isBuffer(content)) yield content;
  else yield* content.read();
}
