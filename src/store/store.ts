import type { Readable, Writable } from 'node:stream';

/** Objects of clusters are private; base images are public: anybody who knows a key may read it. */
export type BucketKind = 'private' | 'public';

export interface ObjectAddress {
  bucket: BucketKind;
  key: string;
}

export interface ObjectInfo {
  sizeBytes: number;
  /** As S3 gives it, quotes included. */
  etag: string;
  lastModified: Date | undefined;
  contentType: string | undefined;
  /** What the object was made of, where its maker noted it. */
  origin: string | undefined;
}

/** A stream that may know a cheaper way than to be read. */
export interface ByteStream extends Readable {
  /**
   * Writes everything into the target, without a copy, and ends it; instead of reading the stream. The target must be done with bytes when
   * it says so (Node's responses are): their memory is used again. When the stream breaks it destroys the target and tells why; a target
   * that goes away ends the stream and is no error.
   */
  pourInto?: (target: Writable, done: (error?: Error) => void) => void;
}

export interface ObjectContent extends ObjectInfo {
  /** The caller reads it to its end or destroys it; until then it occupies a connection. */
  stream: ByteStream;
  /** Length of the stream; differs from sizeBytes for a range. */
  contentLength: number;
  /** Present when only a range was asked for and given: `bytes 0-9/100`. */
  contentRange: string | undefined;
}

/** A piece of a new object: a range of a stored one, copied by the S3 server itself, or bytes of ours. */
export type AssemblyPart =
  | { kind: 'copy'; from: ObjectAddress; etag: string; offset: number; length: number }
  | { kind: 'upload'; body: Uint8Array };

export interface CallOptions {
  signal?: AbortSignal;
}

export interface PutOptions extends CallOptions {
  contentType?: string;
  /** A note of what the object is made of, in ASCII; kept with it (user metadata). */
  origin?: string;
}

export interface MultipartOptions extends PutOptions {
  /** Nobody else makes this object meanwhile: uploads of it that were begun before are of makers that are given up, and go. */
  soleMaker?: boolean;
}

export interface PublishOptions extends MultipartOptions {
  /** Called with every byte received and before the object appears; throwing leaves no object behind. */
  verify?: () => Promise<void> | void;
  /** Called with the number of bytes stored so far. */
  onProgress?: (storedBytes: number) => void;
}

/** Object storage with a private and a public bucket. Every call fails with a StoreError, or with the reason of an aborted signal. */
export interface Store {
  /** Creates what is missing of the two buckets; the public one gets a policy that lets everybody read its objects. */
  ensureBuckets(options?: CallOptions): Promise<void>;
  /** Resolves when both buckets answer within 2 s. */
  ping(options?: CallOptions): Promise<void>;
  putObject(address: ObjectAddress, body: Uint8Array | string, options?: PutOptions): Promise<{ etag: string }>;
  /**
   * `range` is the value of a Range header (`bytes=0-99`, `bytes=-5`); one that cannot be satisfied fails as InvalidRange.
   * `isLarge`: many megabytes are asked for, worth a connection of their own.
   */
  getObject(address: ObjectAddress, options?: CallOptions & { range?: string; isLarge?: boolean }): Promise<ObjectContent>;
  /** An object of any bucket that the credentials open, from some byte on; with an etag it must still be that version (else Changed). */
  openForeign(object: { bucket: string; key: string }, request: { from: number; etag?: string; signal?: AbortSignal }): Promise<ObjectContent>;
  /** The whole of a small object. */
  readObject(address: ObjectAddress, options?: CallOptions): Promise<Buffer>;
  /** `length` bytes from `offset`, of the object with this etag when one is given (else it fails as Changed). */
  readRange(address: ObjectAddress, range: { offset: number; length: number; etag?: string }, options?: CallOptions): Promise<Buffer>;
  /** Copied by the S3 server itself, up to 5 GiB; what is copied must be there when the server is asked (NotFound). */
  copyObject(from: ObjectAddress, to: ObjectAddress, options?: CallOptions): Promise<void>;
  headObject(address: ObjectAddress, options?: CallOptions): Promise<ObjectInfo | undefined>;
  /** Address from which anybody can fetch an object, as a file of this name, for at most 7 days. Asks no server. */
  presignGet(address: ObjectAddress, options: { fileName: string; expiresInSeconds: number; at?: Date }): Promise<string>;
  /** An object that is not there is no error. */
  deleteObject(address: ObjectAddress, options?: CallOptions): Promise<void>;
  deleteObjects(bucket: BucketKind, keys: readonly string[], options?: CallOptions): Promise<void>;
  /** Deletes every object whose key begins so, but those to keep; returns how many went. */
  deletePrefix(bucket: BucketKind, prefix: string, options?: CallOptions & { keep?: (key: string) => boolean }): Promise<number>;
  /**
   * Ends all unfinished uploads of objects whose key begins so, also of other processes, and removes their parts; returns how many there were.
   * Where the server or the credentials do not allow for that, it is logged once and nothing is done.
   */
  abortUploads(bucket: BucketKind, prefix: string, options?: CallOptions): Promise<number>;
  listKeys(bucket: BucketKind, prefix: string, options?: CallOptions): AsyncGenerator<string>;
  /** Makes an object of parts in order; all but the last at least 5 MiB. It appears whole or not at all. */
  assembleObject(target: ObjectAddress, parts: readonly AssemblyPart[], options?: MultipartOptions): Promise<{ etag: string }>;
  /** Stores a stream of any length with about 40 MiB of memory. It appears whole or not at all. */
  publishStream(target: ObjectAddress, content: AsyncIterable<Uint8Array>, options?: PublishOptions): Promise<{ etag: string; sizeBytes: number }>;
  uploadFile(target: ObjectAddress, path: string, options?: PublishOptions): Promise<{ etag: string; sizeBytes: number }>;
  /** Ends the connections; calls under way fail. */
  close(): void;
}
