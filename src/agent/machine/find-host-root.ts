import { readlinkSync } from 'node:fs';

/**
 * Where this process finds the file system of the machine's first process, when that is another one than its own: it runs in a container
 * that shares the machine's processes. Undefined when it is the same, or may not be entered.
 */
export function findHostRoot(): string | undefined {
  try {
    return readlinkSync('/proc/1/ns/mnt') === readlinkSync('/proc/self/ns/mnt') ? undefined : '/proc/1/root';
  } catch {
    return undefined;
  }
}
