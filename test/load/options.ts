import { parseArgs } from 'node:util';

export const sections = ['start', 'memory', 'image', 'heartbeat', 'installation'] as const;
export type Section = (typeof sections)[number];

export interface BenchOptions {
  /** Data folder of a running stack; without it an ephemeral one is started. */
  dataDir: string | undefined;
  only: readonly Section[];
  out: string | undefined;
  /** Clusters (of three hosts each) behind the heartbeats. */
  clusters: number;
  /** Length of one heartbeat measurement. */
  seconds: number;
  pairs: number;
}

export const usage = `npm run bench -- skeleton [options]

  --data DIR       measure the running stack of this data folder (default: start one that keeps nothing)
  --only LIST      of ${sections.join(',')} (default all; "start", and the padding of the base image, need a stack of the bench's own)
  --clusters N     clusters of three hosts behind the heartbeats (default 100)
  --seconds N      length of one heartbeat measurement (default 10)
  --pairs N        alternating pairs of image creation and CopyObject (default 5)
  --out FILE       results as JSON
`;

const isSection = (text: string): text is Section => (sections as readonly string[]).includes(text);

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} ${text}: expected a whole number from 1`);
  return value;
}

/** Options of the bench. Throws an Error of one line. */
export function parseOptions(argv: readonly string[]): BenchOptions {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { data: text, only: text, out: text, clusters: text, seconds: text, pairs: text },
  });
  if (positionals.length !== 1 || positionals[0] !== 'skeleton') throw new Error(`the one suite is "skeleton"\n\n${usage}`);
  const only = values.only?.split(',') ?? [...sections];
  const unknown = only.filter((name) => !isSection(name));
  if (unknown.length > 0) throw new Error(`--only ${unknown.join(',')}: expected of ${sections.join(', ')}`);
  return {
    dataDir: values.data,
    only: only.filter(isSection),
    out: values.out,
    clusters: positive('clusters', values.clusters ?? '100'),
    seconds: positive('seconds', values.seconds ?? '10'),
    pairs: positive('pairs', values.pairs ?? '5'),
  };
}
