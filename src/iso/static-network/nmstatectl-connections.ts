import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { describeProgramEnd } from '../../domain/program/describe-program-end';
import type { ProgramCall, RunProgram } from '../../domain/program/program';
import type { ConnectionFile, ConnectionGenerator } from './connection-generator';
import { StaticNetworkError } from './static-network-error';

const timeoutMs = 30_000;
const maxOutputBytes = 4 * 1024 * 1024;

/** `nmstatectl gc` prints the files of each network daemon as pairs of name and content, in YAML; older releases in JSON, which is YAML too. */
const outputSchema = z.object({ NetworkManager: z.array(z.tuple([z.string().regex(/^[^/\s]+\.nmconnection$/), z.string().min(1)])).min(1) });

/**
 * Makes connections by the program `nmstatectl` (its command `gc`), which knows all of nmstate.
 * @param program absolute path
 * @param env of the program
 */
export function createNmstatectlConnections(program: string, run: RunProgram, env: ProgramCall['env']): ConnectionGenerator {
  return {
    implementation: program,
    async generate(networkYaml, signal) {
      // Every release reads a file; what stands for the standard input differs between them.
      const folder = await mkdtemp(join(tmpdir(), 'nmstatectl-'));
      try {
        const file = join(folder, 'network.yaml');
        await writeFile(file, networkYaml, { mode: 0o600 });
        const result = await run({ program, args: ['gc', file], cwd: folder, env, timeoutMs, maxOutputBytes, ...(signal && { signal }) });
        if (result.end === 'exited' && result.code === 0) return readOutput(result.stdout);
        if (result.end === 'exited') throw new StaticNetworkError(`nmstatectl does not accept it: ${reasonIn(result.stderr)}`);
        throw new Error(`nmstatectl ${describeProgramEnd(result)}`);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

function readOutput(stdout: string): ConnectionFile[] {
  const result = outputSchema.safeParse(parseYaml(stdout));
  if (result.success) return result.data.NetworkManager.map(([name, content]) => ({ name, content }));
  const isEmpty = z.object({ NetworkManager: z.array(z.unknown()).max(0) }).safeParse(parseYaml(stdout)).success;
  if (isEmpty) throw new StaticNetworkError('it gives no connection: list the interfaces of the host, with state: up');
  throw new Error('nmstatectl printed what cannot be read as connections of NetworkManager');
}

function parseYaml(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

/** The line that says why, which is the last one: before it older releases print where in their code they were. */
const reasonIn = (stderr: string): string => stderr.trim().split('\n').at(-1)?.trim() || 'it gives no reason';
