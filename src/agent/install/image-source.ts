/** An image to write: its bytes, and how far along they are. */
export interface ImageSource {
  /** In words, for messages. */
  name: string;
  /** The bytes to write, in order. Rejects when they can't be read, or are not those that were promised. */
  chunks: AsyncIterable<Buffer>;
  /** Bytes of the source, undefined when it does not tell. */
  sizeBytes: number | undefined;
  /** Bytes of the source that were read. */
  readBytes: () => number;
}

/** The medium a machine was started from can't be read any more: it was taken out, or its connection broke. */
export class MediumUnreadable extends Error {
  override readonly name = 'MediumUnreadable';
}
