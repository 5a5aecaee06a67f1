import { writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, totalmem } from 'node:os';
import { attachStack, type BenchStack, startStack } from './bench-stack';
import { formatTable, type Measurement } from './measurement';
import { linkedClient, rerunBehindLink } from './images/link';
import { measureAgent } from './measures/agent';
import { measureDomain } from './measures/domain';
import { measureDownload } from './measures/download';
import { measureHeartbeats } from './measures/heartbeat';
import { measureImage } from './measures/image';
import { measureInstallation } from './measures/installation';
import { measureFacts } from './measures/facts';
import { measureLargeCluster } from './measures/large-cluster';
import { measureMemory } from './measures/memory';
import { measureSmallClusters } from './measures/small-clusters';
import { measureStart } from './measures/start';
import { type BenchOptions, parseOptions, type Section } from './options';

type Measure = (stack: BenchStack, options: BenchOptions) => Promise<Measurement[]>;

/** What is measured without a stack. */
const unstacked: Partial<Record<Section, () => Promise<Measurement[]>>> = { domain: measureDomain, agent: measureAgent };

/** In the order they run: memory is that of a stack that has done nothing yet. */
const measures: [Section, Measure][] = [
  ['start', measureStart],
  ['memory', measureMemory],
  ['installation', measureInstallation],
  ['image', measureImage],
  ['download', measureDownload],
  ['heartbeat', measureHeartbeats],
  ['small', measureSmallClusters],
  ['large', measureLargeCluster],
  ['facts', measureFacts],
];

async function measureStack(options: BenchOptions): Promise<Measurement[]> {
  const wanted = measures.filter(([section]) => options.only.includes(section));
  if (wanted.length === 0) return [];
  const stack = options.dataDir === undefined ? await startStack((text) => process.stderr.write(text)) : attachStack(options.dataDir);
  const results: Measurement[] = [];
  try {
    for (const [section, measure] of wanted) {
      process.stderr.write(`measuring: ${section}\n`);
      results.push(...(await measure(stack, options)));
    }
  } finally {
    await stack.stop();
  }
  return results;
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.link !== undefined && linkedClient() === undefined) process.exit(await rerunBehindLink(options.link));
  const load = loadavg()[0] ?? 0;
  const results: Measurement[] = [];
  for (const section of options.only) results.push(...((await unstacked[section]?.()) ?? []));
  results.push(...(await measureStack(options)));
  process.stdout.write(`${formatTable(results)}\n`);
  process.stdout.write(`machine: ${availableParallelism()} cores; its load before the bench was ${load.toFixed(1)}: figures of a busy machine say little\n`);
  if (options.out === undefined) return;
  const machine = { node: process.version, cores: availableParallelism(), load_before: load, memory_bytes: totalmem() };
  writeFileSync(options.out, `${JSON.stringify({ at: new Date().toISOString(), machine, results }, null, 2)}\n`);
}

for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => process.exit(130));

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
