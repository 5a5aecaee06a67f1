import { build } from 'esbuild';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkout } from '../checkout';

const entries = { main: 'src/main.ts', 'ams-standin': 'src/ams-standin/main.ts' } as const;

/** Bundles a program of this project into dist/<name>.js, packages left out, with its source map; returns its path. */
export async function buildProgram(name: keyof typeof entries): Promise<string> {
  const outfile = join(checkout, 'dist', `${name}.js`);
  const { outputFiles } = await build({
    entryPoints: [join(checkout, entries[name])],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: 'linked',
    write: false,
    logLevel: 'silent',
  });
  mkdirSync(dirname(outfile), { recursive: true });
  // Written beside and renamed: a program that starts meanwhile never reads half a file.
  for (const { path, contents } of outputFiles) {
    writeFileSync(`${path}.${process.pid}`, contents);
    renameSync(`${path}.${process.pid}`, path);
  }
  return outfile;
}
