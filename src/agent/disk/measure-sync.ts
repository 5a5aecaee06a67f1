import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

const blockBytes = 2300;
const samples = 1000;
const longestMs = 60_000;

/**
 * How long the slowest of a hundred synchronized small writes takes, in milliseconds, the way a database writes its log. What a
 * disk holds stays as it is: the same bytes are written back.
 * @param path of a disk nobody uses, or of a file of at least 2.2 MiB
 */
export async function measureSync(path: string, signal: AbortSignal): Promise<number> {
  const disk = await open(path, constants.O_RDWR | constants.O_EXCL);
  try {
    const { buffer, bytesRead } = await disk.read(Buffer.alloc(blockBytes * samples), 0, blockBytes * samples, 0);
    if (bytesRead < blockBytes) throw new Error(`${path} is too small to be measured`);
    const durations: number[] = [];
    const started = performance.now();
    for (let at = 0; at + blockBytes <= bytesRead && performance.now() - started < longestMs; at += blockBytes) {
      signal.throwIfAborted();
      await disk.write(buffer, at, blockBytes, at);
      const written = performance.now();
      await disk.datasync();
      durations.push(performance.now() - written);
    }
    return percentile99(durations);
  } finally {
    await disk.close();
  }
}

function percentile99(durations: readonly number[]): number {
  const sorted = [...durations].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? 0;
}
