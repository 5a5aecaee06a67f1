import { createHash } from 'node:crypto';
import type { ImageAddress, ImagePart, ImageStore } from './image-store';

type PartStore = Pick<ImageStore, 'headObject' | 'readRange' | 'putObject' | 'deletePrefix'>;

/** Where the bytes of a download come from; only those of one version of one source belong together. */
export interface KeptSource {
  /** What the configuration says of it. */
  id: string;
  /** As the source names its bytes. */
  version: string;
  totalBytes: number;
}

interface StoredPart {
  etag: string;
  length: number;
}

export const keptPartBytes = 8 * 1024 * 1024;
const parallelParts = 4;

export const keptPartsFolder = (rhcosVersion: string): string => `base-image-parts/${rhcosVersion}/`;
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/**
 * What of a base image was fetched already, as parts in the private bucket: when the worker dies, the next one goes on behind them. A
 * source that does not name its bytes keeps nothing for others.
 */
export class KeptParts {
  private readonly parts: (StoredPart | undefined)[] = [];
  private readonly running = new Set<Promise<void>>();
  private pending: Uint8Array[] = [];
  private pendingBytes = 0;
  private count = 0;
  private failure: unknown;

  private constructor(
    private readonly store: PartStore,
    private readonly rhcosVersion: string,
    private readonly sourceId: string,
    private source: KeptSource | undefined,
    private readonly options: { signal?: AbortSignal },
    private readonly onStored: (storedBytes: number) => void,
  ) {}

  /** Finds what is there of this source; parts of another one are removed. */
  static async open(store: PartStore, rhcosVersion: string, sourceId: string, options: { signal?: AbortSignal }, onStored: (storedBytes: number) => void): Promise<KeptParts> {
    const source = await readNote(store, rhcosVersion, options);
    const known = source?.id === hashOf(sourceId) ? source : undefined;
    const kept = new KeptParts(store, rhcosVersion, hashOf(sourceId), known, options, onStored);
    if (known) await kept.find(known);
    else if (source) await kept.discard();
    return kept;
  }

  /** Version that the bytes so far are of. */
  get version(): string | undefined {
    return this.source?.version;
  }

  /** True when every byte of the source is here. */
  get isWhole(): boolean {
    return this.source !== undefined && this.storedBytes === this.source.totalBytes;
  }

  get storedBytes(): number {
    return this.parts.reduce((sum, part) => sum + (part?.length ?? 0), 0);
  }

  /** The bytes that an earlier attempt stored, in order. */
  async *stored(): AsyncGenerator<Uint8Array> {
    for (const [index, part] of [...this.parts].entries()) {
      if (part) yield await this.store.readRange(this.addressOf(index), { offset: 0, length: part.length, etag: part.etag }, this.options);
    }
  }

  /** Notes what the bytes that come now are of; without it, or where the source cannot tell, nobody goes on with them. */
  async begin({ version, totalBytes }: { version: string | undefined; totalBytes: number | undefined }): Promise<void> {
    if (version === undefined || totalBytes === undefined || this.source) return;
    this.source = { id: this.sourceId, version, totalBytes };
    await this.store.putObject(noteAddress(this.rhcosVersion), JSON.stringify(this.source), { ...this.options, contentType: 'application/json' });
  }

  async add(chunk: Uint8Array): Promise<void> {
    this.pending.push(chunk);
    this.pendingBytes += chunk.length;
    while (this.pendingBytes >= keptPartBytes) {
      const joined = Buffer.concat(this.pending, this.pendingBytes);
      this.pending = [joined.subarray(keptPartBytes)];
      this.pendingBytes = joined.length - keptPartBytes;
      await this.put(joined.subarray(0, keptPartBytes));
    }
  }

  /** Stores the rest, and gives all parts for the image to be made of them. */
  async finish(): Promise<ImagePart[]> {
    if (this.pendingBytes > 0) await this.put(Buffer.concat(this.pending, this.pendingBytes));
    await this.settle();
    if (this.failure !== undefined) throw this.failure;
    return this.parts.flatMap((part, index): ImagePart[] => (part ? [{ kind: 'copy', from: this.addressOf(index), etag: part.etag, offset: 0, length: part.length }] : []));
  }

  /** The first bytes, as many as there are, up to a part. */
  async readHead(length: number): Promise<Uint8Array> {
    const [first] = this.parts;
    if (!first) return Buffer.alloc(0);
    return this.store.readRange(this.addressOf(0), { offset: 0, length: Math.min(length, first.length), etag: first.etag }, this.options);
  }

  /** Waits for what is under way; a part that arrives after its folder was removed would stay for ever. */
  async settle(): Promise<void> {
    await Promise.all(this.running);
  }

  async discard(): Promise<void> {
    await this.settle();
    await this.store.deletePrefix('private', keptPartsFolder(this.rhcosVersion), this.options);
  }

  private async find({ totalBytes }: KeptSource): Promise<void> {
    for (let offset = 0; offset < totalBytes; offset += keptPartBytes) {
      const length = Math.min(keptPartBytes, totalBytes - offset);
      const head = await this.store.headObject(this.addressOf(this.count), this.options);
      // The first gap ends it: parts are stored side by side, and the next one may have been faster.
      if (head?.sizeBytes !== length) return;
      this.parts[this.count++] = { etag: head.etag, length };
    }
  }

  private async put(body: Uint8Array): Promise<void> {
    const index = this.count++;
    const stored = this.store.putObject(this.addressOf(index), body, this.options).then(
      ({ etag }) => {
        this.parts[index] = { etag, length: body.length };
        this.onStored(this.storedBytes);
      },
      (error: unknown) => {
        this.failure ??= error;
      },
    ).finally(() => this.running.delete(stored));
    this.running.add(stored);
    if (this.running.size >= parallelParts) await Promise.race(this.running);
    if (this.failure !== undefined) throw this.failure;
  }

  /** In a folder of its version, so that a worker that was thought dead cannot mix two of them. */
  private addressOf(index: number): ImageAddress {
    const version = hashOf(`${this.sourceId} ${this.source?.version ?? ''}`).slice(0, 16);
    return { bucket: 'private', key: `${keptPartsFolder(this.rhcosVersion)}${version}/${String(index).padStart(5, '0')}` };
  }
}

const noteAddress = (rhcosVersion: string): ImageAddress => ({ bucket: 'private', key: `${keptPartsFolder(rhcosVersion)}source.json` });

async function readNote(store: PartStore, rhcosVersion: string, options: { signal?: AbortSignal }): Promise<KeptSource | undefined> {
  const address = noteAddress(rhcosVersion);
  const head = await store.headObject(address, options);
  if (!head) return undefined;
  const note: unknown = JSON.parse(Buffer.from(await store.readRange(address, { offset: 0, length: head.sizeBytes, etag: head.etag }, options)).toString());
  if (typeof note !== 'object' || note === null || !('id' in note && 'version' in note && 'totalBytes' in note)) return undefined;
  const { id, version, totalBytes } = note;
  return typeof id === 'string' && typeof version === 'string' && typeof totalBytes === 'number' ? { id, version, totalBytes } : undefined;
}
