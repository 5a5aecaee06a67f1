import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { linkedClient } from './link';

const run = promisify(execFile);

/** Bytes a second at which curl reads the first bytes of an address; throws unless it gets all of them. */
export async function readSpeed(url: string, sizeBytes: number): Promise<number> {
  const client = linkedClient();
  const { stdout } = await run('curl', [...(client === undefined ? [] : ['--interface', client]), '-s', '-o', '/dev/null', '-r', `0-${sizeBytes - 1}`, '-w', '%{http_code} %{size_download} %{time_total}', url]);
  const [status, size, seconds] = stdout.split(' ').map(Number);
  if (status !== 206 || size !== sizeBytes || seconds === undefined) throw new Error(`a download ended with status ${status ?? ''} after ${size ?? ''} of ${sizeBytes} bytes`);
  return size / seconds;
}

/** The same for several at once: bytes a second, all together. */
export async function readSpeedAtOnce(url: string, count: number, sizeBytes: number): Promise<number> {
  const started = performance.now();
  await Promise.all(Array.from({ length: count }, () => readSpeed(url, sizeBytes)));
  return (count * sizeBytes) / ((performance.now() - started) / 1000);
}
