import { build } from 'esbuild';
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { checkout } from '../checkout';

const entries = { main: 'src/main.ts', 'ams-standin': 'src/ams-standin/main.ts' } as const;

/** Bundles a program of this project into dist/<name>.js, packages left out; returns its path. */
export async function buildProgram(name: keyof typeof entries): Promise<string> {
  const outfile = join(checkout, 'dist', `${name}.js`);
  // Built beside and renamed: a program that starts meanwhile never reads half a file.
  const temporary = join(checkout, 'dist', `.${name}.${process.pid}.js`);
  await build({
    entryPoints: [join(checkout, entries[name])],
    outfile: temporary,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    sourcesContent: false,
    logLevel: 'silent',
  });
  renameSync(temporary, outfile);
  return outfile;
}
