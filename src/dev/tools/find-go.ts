import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The oldest Go that builds the stack's tools, from their go.mod files. */
export const minimumGo = '1.25';

/** Version of the Go toolchain on PATH, such as "1.26.8", or undefined. */
export async function findGo(): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('go', ['env', 'GOVERSION'], { timeout: 5_000 });
    return /^go(\d+\.\d+(\.\d+)?)/.exec(stdout.trim())?.[1];
  } catch {
    return undefined;
  }
}

export function isRecentGo(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [needMajor = 0, needMinor = 0] = minimumGo.split('.').map(Number);
  return major > needMajor || (major === needMajor && minor >= needMinor);
}
