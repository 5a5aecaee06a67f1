import { pause } from '../../agent/protocol/pause';
import { folderSize } from './folder-size';

/** Does work whose signal is aborted when a folder grows beyond so many bytes, or with the outer signal. */
export async function withinSize<T>(folder: string, { maxBytes, everyMs }: { maxBytes: number; everyMs: number }, outer: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const [over, done] = [new AbortController(), new AbortController()];
  const watch = async (): Promise<void> => {
    while (!done.signal.aborted) {
      if ((await folderSize(folder)) > maxBytes) return over.abort(new Error(`more than ${maxBytes} bytes`));
      await pause(everyMs, done.signal).catch(() => undefined);
    }
  };
  const watching = watch();
  try {
    return await work(AbortSignal.any([outer, over.signal]));
  } finally {
    done.abort();
    await watching;
  }
}
