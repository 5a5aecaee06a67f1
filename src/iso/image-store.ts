/** Where an image lies; base images are public, discovery images private. */
export interface ImageAddress {
  bucket: 'private' | 'public';
  key: string;
}

/** A piece of an image: a range of a stored object, copied by the store itself, or bytes of ours. Offsets and lengths in bytes. */
export type ImagePart =
  | { kind: 'copy'; from: ImageAddress; etag: string; offset: number; length: number }
  | { kind: 'upload'; body: Uint8Array };

/** `origin`: what a published object was made of, as its maker noted it. */
export interface StoredImage {
  sizeBytes: number;
  etag: string;
  origin?: string | undefined;
}

interface CallOptions {
  signal?: AbortSignal;
}

interface UploadOptions extends CallOptions {
  contentType?: string;
  origin?: string;
  /** Nobody else makes this object meanwhile: unfinished uploads of it that were begun before go. */
  soleMaker?: boolean;
}

/** What image making needs of the object store. */
export interface ImageStore {
  headObject(address: ImageAddress, options?: CallOptions): Promise<StoredImage | undefined>;
  readRange(address: ImageAddress, range: { offset: number; length: number; etag?: string }, options?: CallOptions): Promise<Uint8Array>;
  putObject(address: ImageAddress, body: Uint8Array | string, options?: CallOptions & { contentType?: string; origin?: string }): Promise<{ etag: string }>;
  deleteObject(address: ImageAddress, options?: CallOptions): Promise<void>;
  deletePrefix(bucket: ImageAddress['bucket'], prefix: string, options?: CallOptions): Promise<number>;
  /** Ends all unfinished uploads of objects whose key begins so, and removes their parts. */
  abortUploads(bucket: ImageAddress['bucket'], prefix: string, options?: CallOptions): Promise<number>;
  assembleObject(target: ImageAddress, parts: readonly ImagePart[], options?: UploadOptions): Promise<{ etag: string }>;
  uploadFile(target: ImageAddress, path: string, options?: UploadOptions): Promise<{ sizeBytes: number }>;
}
