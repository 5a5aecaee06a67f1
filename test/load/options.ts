import { parseArgs } from 'node:util';

/** What can be measured, suite by suite; a suite of one section has its name. */
export const sections = {
  skeleton: ['start', 'memory', 'installation', 'image', 'heartbeat'],
  domain: ['domain'],
  download: ['download'],
  requests: ['small', 'large'],
  facts: ['facts'],
  agent: ['agent'],
} as const;
export type Suite = keyof typeof sections;
export type Section = (typeof sections)[Suite][number];

export interface BenchOptions {
  suite: Suite;
  /** Data folder of a running stack; without it an ephemeral one is started. */
  dataDir: string | undefined;
  only: readonly Section[];
  out: string | undefined;
  /** Clusters (of three hosts each) behind the heartbeats. */
  clusters: number;
  /** Length of one measurement of requests. */
  seconds: number;
  pairs: number;
  /** Size of the base of which twenty images are made at once. */
  manyMegabytes: number;
  /** Speed of the network between client and servers, as tc has it; undefined: as fast as the machine is. */
  link: string | undefined;
}

const suites = Object.keys(sections) as Suite[];

export const usage = `npm run bench -- SUITE [options]

  skeleton         start, memory, an installation, images and heartbeats of a development stack
  domain           evaluating one cluster, by its number of hosts; needs no stack
  download         a discovery image of 1 GB from the service against the S3 server, one and ten at once (needs curl)
  requests         what requests cost: small (users and agents of clusters of 3 hosts), large (agents of one of 250 hosts)
  facts            how soon a status follows a fact while many clusters are discovered at once
  agent            the agent on this machine: its inventory, its memory; needs no stack

  --data DIR       measure the running stack of this data folder (default: start one that keeps nothing)
  --only LIST      sections of the suite (default all), of the skeleton: ${sections.skeleton.join(',')}
                   ("start", and the padding of the base image, need a stack of the bench's own)
  --clusters N     clusters of three hosts: behind heartbeats and requests, or discovered at once (default 100)
  --seconds N      length of one measurement of requests (default 10)
  --pairs N        alternating pairs of image creation and CopyObject, or of downloads (default 5)
  --many-mb N      size of the base of which twenty images are made at once (default 100; 1000 writes 40 GB)
  --link RATE      of downloads: clients behind a network of that speed, such as 10gbit (needs root, iproute2 and unshare)
  --out FILE       results as JSON
`;

function positive(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} ${text}: expected a whole number from 1`);
  return value;
}

function parseSuite(positionals: readonly string[]): Suite {
  const suite = suites.find((name) => name === positionals[0]);
  if (suite === undefined || positionals.length !== 1) throw new Error(`expected one suite of: ${suites.join(', ')}\n\n${usage}`);
  return suite;
}

function parseOnly(suite: Suite, text: string | undefined): Section[] {
  const known: readonly Section[] = sections[suite];
  return (text?.split(',') ?? known).map((name) => {
    const section = known.find((candidate) => candidate === name);
    if (section === undefined) throw new Error(`--only ${name}: ${suite} has ${known.join(', ')}`);
    return section;
  });
}

/** Options of the bench. Throws an Error of one line. */
export function parseOptions(argv: readonly string[]): BenchOptions {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { data: text, only: text, out: text, clusters: text, seconds: text, pairs: text, 'many-mb': text, link: text },
  });
  const suite = parseSuite(positionals);
  if (values.link !== undefined && (suite !== 'download' || values.data !== undefined)) throw new Error('--link: only for downloads from a stack of the bench\'s own');
  if (values.link !== undefined && !/^\d+[mg]bit$/.test(values.link)) throw new Error(`--link ${values.link}: expected a rate such as 10gbit or 500mbit`);
  return {
    suite,
    dataDir: values.data,
    only: parseOnly(suite, values.only),
    out: values.out,
    clusters: positive('clusters', values.clusters ?? '100'),
    seconds: positive('seconds', values.seconds ?? '10'),
    pairs: positive('pairs', values.pairs ?? '5'),
    manyMegabytes: positive('many-mb', values['many-mb'] ?? '100'),
    link: values.link,
  };
}
