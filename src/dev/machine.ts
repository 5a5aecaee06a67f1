import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from './checkout';
import { LaunchError } from './launch-error';

/** Throws a LaunchError when this Node or this platform cannot run the stack. */
export function checkMachine(): void {
  const { version, needed } = compareNode();
  if (!isAtLeast(version, needed)) throw new LaunchError(`Node ${version} is too old; install Node ${needed} or newer`);
  if (!isSupportedPlatform()) {
    throw new LaunchError(`${process.platform} ${process.arch} is not supported: the stack runs on 64-bit Linux (x64, arm64)`);
  }
}

/** This Node's version and the oldest that package.json admits. */
export function compareNode(): { version: string; needed: string } {
  const { engines } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { engines: { node: string } };
  return { version: process.versions.node, needed: engines.node.replace(/^\D+/, '') };
}

export function isSupportedPlatform(): boolean {
  return process.platform === 'linux' && (process.arch === 'x64' || process.arch === 'arm64');
}

/** Compares dotted version numbers. */
export function isAtLeast(version: string, needed: string): boolean {
  const [have, want] = [version, needed].map((text) => text.split('.').map(Number));
  for (const [index, number] of (want ?? []).entries()) {
    const difference = (have?.[index] ?? 0) - number;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
