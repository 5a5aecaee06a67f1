import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Runs a program to its end and returns its standard output; a failure carries the end of its error output. */
export async function runCommand(
  command: string,
  args: readonly string[],
  { env, cwd, timeoutMs, signal }: { env?: NodeJS.ProcessEnv; cwd?: string; timeoutMs: number; signal?: AbortSignal },
): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(command, args, {
      ...(env ? { env } : {}),
      ...(cwd ? { cwd } : {}),
      ...(signal ? { signal } : {}),
      timeout: timeoutMs,
      maxBuffer: 32 * 1024 * 1024,
    });
    return stdout;
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    const end = stderr?.trim().split('\n').slice(-10).join('\n');
    throw new Error(`${command} ${args[0] ?? ''} failed: ${end || (error as Error).message}`, { cause: error });
  }
}
