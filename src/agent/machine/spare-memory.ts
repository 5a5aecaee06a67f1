import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const everyBytes = 4 * 1024 * 1024;

let collect: (() => void) | undefined;

/** The engine's own collector, which is not to be had without its flag. */
function findCollector(): () => void {
  setFlagsFromString('--expose-gc');
  const found: unknown = runInNewContext('gc');
  return typeof found === 'function' ? () => void Reflect.apply(found, undefined, []) : () => undefined;
}

/**
 * For work that moves many bytes through buffers: tell it each number of bytes that have passed, and their memory is freed in time. By
 * itself the engine leaves tens of megabytes of used buffers lying about, which a server has for its cluster.
 */
export function spareMemory(): (bytesPassed: number) => void {
  let passed = 0;
  return (bytes) => {
    passed += bytes;
    if (passed < everyBytes) return;
    passed = 0;
    (collect ??= findCollector())();
  };
}
