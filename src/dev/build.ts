import { fileURLToPath } from 'node:url';
import { buildWorkflowBundle } from './build/build-workflow-bundle';
import { buildProgram } from './build/build-program';

/** `npm run build`: everything that is run in production, into dist/. */
async function buildAll(): Promise<void> {
  const started = Date.now();
  await Promise.all([buildProgram('main'), buildProgram('ams-standin'), buildProgram('agent'), buildProgram('controller'), buildWorkflowBundle()]);
  process.stdout.write(`built dist/ in ${((Date.now() - started) / 1000).toFixed(1)} s\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildAll();
