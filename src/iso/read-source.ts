import { setTimeout as delay } from 'node:timers/promises';
import { ImageError } from './image-error';
import { openSource, SourceChanged, type OpenedSource, type SourceAccess } from './open-source';

/** Longest silence of the source in milliseconds. */
const idleTimeoutMs = 30_000;
/** Interruptions in a row without a single byte between them. */
const interruptions = { most: 5, pauseMs: 200 };

export interface Reading {
  signal?: AbortSignal | undefined;
  access: SourceAccess;
  /** Bytes that are there already, of this version of the source. */
  from: number;
  version: string | undefined;
  /** Told before its bytes come. */
  onOpened(source: OpenedSource): Promise<void>;
}

/**
 * The bytes of an image from its source. Where the connection breaks, the rest is asked for (Range, If-Range), so that
 * what was received is not fetched again. Throws what openSource throws, and Error when the source gives up for good.
 */
export async function* readSource(url: string, { signal, access, from, version: former, onOpened }: Reading): AsyncGenerator<Uint8Array> {
  let received = from;
  let version = former;
  for (let failures = 0; ;) {
    const idle = new AbortController();
    const before = received;
    let timer: NodeJS.Timeout | undefined;
    const watch = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => idle.abort(new Error(`nothing received for ${idleTimeoutMs / 1000} s`)), idleTimeoutMs);
    };
    try {
      watch();
      const source = await openSource(url, { from: received, version, signal: signal ? AbortSignal.any([signal, idle.signal]) : idle.signal }, access);
      version = source.version;
      clearTimeout(timer);
      await onOpened(source);
      watch();
      for await (const chunk of source.stream) {
        clearTimeout(timer);
        received += chunk.length;
        yield chunk;
        watch();
      }
      if (source.totalBytes !== undefined && received !== source.totalBytes) throw new Error(`${received} of ${source.totalBytes} bytes received`);
      return;
    } catch (error) {
      signal?.throwIfAborted();
      const reason: unknown = idle.signal.aborted ? idle.signal.reason : error;
      failures = received > before ? 1 : failures + 1;
      if (error instanceof ImageError || error instanceof SourceChanged || version === undefined || failures >= interruptions.most) throw reason;
    } finally {
      clearTimeout(timer);
    }
    await delay(interruptions.pauseMs * 2 ** failures, undefined, signal ? { signal } : {});
  }
}
