import { spawn } from 'node:child_process';
import type { LoadResult } from './generator';

/** Runs a load program to its end and reads the line `RESULT {…}` it prints. */
export function runProgram(command: string, args: readonly string[], env: Record<string, string>): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', () => {
      const result = /^RESULT (\{.*\})$/m.exec(output)?.[1];
      if (result === undefined) reject(new Error(`${command}: ${output.slice(-500)}`));
      else resolve(JSON.parse(result) as LoadResult);
    });
  });
}
