import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { checkout } from '../checkout';

const inputs = ['workflows', 'src/domain'];

/** Bundles the workflows into dist/workflow-bundle.js; nothing is done while their sources and the SDK are the same. */
export async function buildWorkflowBundle(): Promise<string> {
  const outfile = join(checkout, 'dist', 'workflow-bundle.js');
  const stamp = `// inputs sha256 ${hashInputs()}\n`;
  if (startsWith(outfile, stamp)) return outfile;
  // Webpack takes most of a second to load: only when something changed.
  const { bundleWorkflowCode } = await import('@temporalio/worker');
  const { code } = await bundleWorkflowCode({
    workflowsPath: join(checkout, 'workflows', 'index.ts'),
    logger: silentLogger,
  });
  mkdirSync(join(checkout, 'dist'), { recursive: true });
  const temporary = `${outfile}.${process.pid}`;
  writeFileSync(temporary, stamp + code);
  renameSync(temporary, outfile);
  return outfile;
}

const ignore = () => undefined;
const silentLogger = { log: ignore, trace: ignore, debug: ignore, info: ignore, warn: ignore, error: ignore };

function hashInputs(): string {
  const hash = createHash('sha256');
  const { version } = createRequire(import.meta.url)('@temporalio/worker/package.json') as { version: string };
  hash.update(version);
  for (const dir of inputs) {
    for (const file of listSources(join(checkout, dir))) {
      hash.update(`${relative(checkout, file)}\0`).update(readFileSync(file));
    }
  }
  return hash.digest('hex');
}

function listSources(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function startsWith(file: string, text: string): boolean {
  try {
    return readFileSync(file, 'utf8').startsWith(text);
  } catch {
    return false;
  }
}
