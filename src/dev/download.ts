import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export interface DownloadOptions {
  url: string;
  /** Where the complete, verified file appears; the partial one lies beside it as `<file>.part`. */
  file: string;
  /** Hexadecimal; left out where the source publishes none. */
  sha256?: string;
  log?: (line: string) => void;
  /** Longest silence of the server, in milliseconds. */
  idleTimeoutMs?: number;
  /** Attempts in all; an interrupted transfer goes on where it stopped. */
  attempts?: number;
  signal?: AbortSignal;
}

/** A failure that trying again will not mend: a refusal of the server or wrong content. */
class FinalDownloadError extends Error {}

/**
 * Downloads a file with resume (Range with If-Range on the entity tag), checksum and progress lines;
 * the file appears under its name only when it is complete.
 */
export async function download(options: DownloadOptions): Promise<void> {
  const { url, file, sha256, attempts = 4 } = options;
  await mkdir(dirname(file), { recursive: true });
  for (let attempt = 1; ; attempt++) {
    try {
      await transfer(options);
      break;
    } catch (error) {
      if (error instanceof FinalDownloadError || attempt >= attempts || options.signal?.aborted) {
        throw new Error(`download of ${url}: ${describe(error)}`, { cause: error });
      }
      options.log?.(`  ${describe(error)}; going on (attempt ${attempt + 1} of ${attempts})`);
    }
  }
  if (sha256) await verify(file, url, sha256);
  await rename(partOf(file), file);
  await rm(tagOf(file), { force: true });
}

async function transfer(options: DownloadOptions): Promise<void> {
  const { url, file, log = () => undefined, idleTimeoutMs = 30_000 } = options;
  const part = partOf(file);
  const tag = await readFile(tagOf(file), 'utf8').catch(() => '');
  // A weak or missing tag cannot vouch that both halves belong to the same file.
  const have = tag
    ? await stat(part).then(
        (s) => s.size,
        () => 0,
      )
    : 0;
  const controller = new AbortController();
  let timer = setTimeout(() => controller.abort(), idleTimeoutMs);
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => controller.abort(), idleTimeoutMs);
  };
  try {
    const response = await fetch(url, {
      headers: have > 0 ? { range: `bytes=${have}-`, 'if-range': tag } : {},
      signal: options.signal ? AbortSignal.any([controller.signal, options.signal]) : controller.signal,
    });
    if (response.status === 416) {
      await discardPart(file);
      throw new Error('the server refused the rest of the file, starting over');
    }
    if (!response.ok || !response.body) throw refusal(response.status);
    const resumed = response.status === 206 && startsAt(response, have);
    if (response.status === 206 && !resumed) {
      await discardPart(file);
      throw new Error('the server answered with another part of the file, starting over');
    }
    const from = resumed ? have : 0;
    const length = Number(response.headers.get('content-length') ?? NaN);
    const total = Number.isNaN(length) ? undefined : from + length;
    await rememberTag(file, response.headers.get('etag'));
    const progress = watchProgress(from, total, log, alive);
    await pipeline(Readable.fromWeb(response.body), progress.stream, createWriteStream(part, { flags: resumed ? 'a' : 'w' }));
    if (total !== undefined && progress.received() !== total) throw new Error('the transfer was cut off');
  } catch (error) {
    if (controller.signal.aborted) throw new Error(`nothing received for ${idleTimeoutMs / 1000} s`, { cause: error });
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function refusal(status: number): Error {
  const message = `the server answered ${status}`;
  return status >= 500 || status === 408 || status === 429 ? new Error(message) : new FinalDownloadError(message);
}

function startsAt(response: Response, offset: number): boolean {
  return response.headers.get('content-range')?.startsWith(`bytes ${offset}-`) === true;
}

async function rememberTag(file: string, tag: string | null): Promise<void> {
  if (tag && !tag.startsWith('W/')) await writeFile(tagOf(file), tag);
  else await rm(tagOf(file), { force: true });
}

async function discardPart(file: string): Promise<void> {
  await Promise.all([rm(partOf(file), { force: true }), rm(tagOf(file), { force: true })]);
}

function watchProgress(from: number, total: number | undefined, log: (line: string) => void, alive: () => void) {
  const started = Date.now();
  let received = from;
  let nextReport = started + 2_000;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      received += chunk.length;
      alive();
      if (Date.now() >= nextReport) {
        nextReport = Date.now() + 2_000;
        const share = total ? ` of ${megabytes(total)} (${Math.floor((received / total) * 100)} %)` : '';
        log(`  ${megabytes(received)}${share}, ${Math.round((Date.now() - started) / 1000)} s`);
      }
      done(null, chunk);
    },
  });
  return { stream, received: () => received };
}

async function verify(file: string, url: string, expected: string): Promise<void> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(partOf(file)), hash);
  const actual = hash.digest('hex');
  if (actual === expected.toLowerCase()) return;
  await discardPart(file);
  throw new Error(`download of ${url}: its sha256 is ${actual}, expected ${expected}; the file was discarded`);
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return error.message + cause;
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
const partOf = (file: string) => `${file}.part`;
const tagOf = (file: string) => `${file}.part.etag`;
