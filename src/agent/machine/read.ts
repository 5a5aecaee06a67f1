import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import type { Machine } from './machine';

/** Text of a file of the machine without white space at its ends; empty when it can't be read: attributes come and go with drivers. */
export async function readText({ root }: Pick<Machine, 'root'>, path: string): Promise<string> {
  try {
    // Some firmware pads its strings with NUL bytes.
    return (await readFile(`${root}${path}`, 'utf8')).replaceAll('\0', '').trim();
  } catch {
    return '';
  }
}

/** Whole number in a file of the machine, undefined when there is none. */
export async function readInteger(machine: Machine, path: string): Promise<number | undefined> {
  const text = await readText(machine, path);
  return /^-?\d+$/.test(text) ? Number(text) : undefined;
}

/** Names in a folder of the machine, sorted; empty when it can't be read. */
export async function listFolder({ root }: Machine, path: string): Promise<string[]> {
  try {
    return (await readdir(`${root}${path}`)).sort();
  } catch {
    return [];
  }
}

/** Target of a symbolic link of the machine as it is written, empty when there is none. */
export async function readLink({ root }: Machine, path: string): Promise<string> {
  try {
    return await readlink(`${root}${path}`);
  } catch {
    return '';
  }
}

/** Whether something is at a path of the machine. */
export async function exists({ root }: Pick<Machine, 'root'>, path: string): Promise<boolean> {
  try {
    await stat(`${root}${path}`);
    return true;
  } catch {
    return false;
  }
}

/** The JSON a program prints, undefined when it is missing, fails or prints something else. */
export async function runForJson(machine: Machine, program: string, args: readonly string[]): Promise<unknown> {
  const result = await machine.run(program, args);
  if (result.end !== 'exited' || result.code !== 0) return undefined;
  try {
    return JSON.parse(result.stdout) as unknown;
  } catch {
    return undefined;
  }
}
