import { build } from 'esbuild';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkout } from '../checkout';

const entries = {
  main: 'src/main.ts', 'ams-standin': 'src/ams-standin/main.ts', agent: 'src/agent/main.ts', controller: 'src/controller/main.ts',
  live: 'src/live/main.ts', kubelet: 'src/live/kubelet/main.ts',
} as const;

/** Programs that are one file: they run where none of the packages are. */
const whole: readonly string[] = ['agent', 'controller', 'live', 'kubelet'];
/** Packages that are no modules ask for Node's own by `require`. */
const requireBanner = "import { createRequire as createRequireOfBundle } from 'node:module'; const require = createRequireOfBundle(import.meta.url);";

/** Bundles a program of this project into dist/<name>.js with its source map; packages are left out unless it has to be one file. Returns its path. */
export async function buildProgram(name: keyof typeof entries): Promise<string> {
  const outfile = join(checkout, 'dist', `${name}.js`);
  const { outputFiles } = await build({
    entryPoints: [join(checkout, entries[name])],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    ...(whole.includes(name) ? { packages: 'bundle' as const, banner: { js: requireBanner } } : { packages: 'external' as const }),
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
