import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import { promisify } from 'node:util';
import type { Tool } from './tool';

export interface LocatedTool {
  path: string;
  source: 'PATH' | 'cache';
  /** First line of `--version`. */
  version: string;
}

/** Where a tool's program lies in the cache; version and platform are part of its name. */
export function cachedToolPath(tool: Tool, cacheDir: string): string {
  return join(cacheDir, 'bin', `${tool.name}-${tool.version}-${process.platform}-${process.arch}`);
}

/** Finds a usable program on PATH, else in the cache. */
export async function locateTool(
  tool: Tool,
  { cacheDir, searchPath = process.env.PATH ?? '' }: { cacheDir: string; searchPath?: string },
): Promise<LocatedTool | undefined> {
  const candidates = searchPath
    .split(delimiter)
    .filter(isAbsolute)
    .map((dir) => join(dir, tool.name));
  for (const path of candidates) {
    const version = await findVersion(path);
    if (version !== undefined && tool.accepts(version)) return { path, source: 'PATH', version: firstLine(version) };
  }
  const path = cachedToolPath(tool, cacheDir);
  const version = await findVersion(path);
  return version === undefined ? undefined : { path, source: 'cache', version: firstLine(version) };
}

async function findVersion(path: string): Promise<string | undefined> {
  try {
    await access(path, constants.X_OK);
    return (await promisify(execFile)(path, ['--version'], { timeout: 5_000 })).stdout;
  } catch {
    return undefined;
  }
}

const firstLine = (text: string) => text.trim().split('\n')[0] ?? '';
