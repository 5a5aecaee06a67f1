import { writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { attachStack, type BenchStack, startStack } from './bench-stack';
import { formatTable, type Measurement } from './measurement';
import { measureHeartbeats } from './measures/heartbeat';
import { measureImage } from './measures/image';
import { measureInstallation } from './measures/installation';
import { measureMemory } from './measures/memory';
import { measureStart } from './measures/start';
import { type BenchOptions, parseOptions, type Section } from './options';

type Measure = (stack: BenchStack, options: BenchOptions) => Promise<Measurement[]>;

/** In the order they run: memory is that of a stack that has done nothing yet. */
const measures: [Section, Measure][] = [
  ['start', measureStart],
  ['memory', measureMemory],
  ['installation', measureInstallation],
  ['image', measureImage],
  ['heartbeat', measureHeartbeats],
];

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  const stack = options.dataDir === undefined ? await startStack((text) => process.stderr.write(text)) : attachStack(options.dataDir);
  const results: Measurement[] = [];
  try {
    for (const [section, measure] of measures) {
      if (!options.only.includes(section)) continue;
      process.stderr.write(`measuring: ${section}\n`);
      results.push(...(await measure(stack, options)));
    }
  } finally {
    await stack.stop();
  }
  process.stdout.write(`${formatTable(results)}\n`);
  if (options.out === undefined) return;
  const machine = { node: process.version, cores: cpus().length, memory_bytes: totalmem() };
  writeFileSync(options.out, `${JSON.stringify({ at: new Date().toISOString(), machine, results }, null, 2)}\n`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
