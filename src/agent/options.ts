import { parseArgs } from 'node:util';

/** How an agent was started. */
export interface AgentOptions {
  /** Address of the service. */
  url: string;
  clusterId: string;
  /** Image reference of the agent; what follows its last colon is its version. */
  agentImage: string;
  /** The pull secret's token. */
  token: string;
  insecure: boolean;
  /** PEM file of authorities to trust besides the usual ones. */
  caCertificate: string | undefined;
  /** No disk is written to, and the machine is not restarted. */
  dryRun: boolean;
  /** Install on a disk that holds something, whatever it is. */
  overwriteDisks: boolean;
  /** Where the image that is installed comes from; undefined: from the medium the machine was started from. */
  image: { url: string; sha256: string } | undefined;
}

/** What a command line asks for. */
export type AgentCommand = { kind: 'run'; options: AgentOptions } | { kind: 'inventory' } | { kind: 'help' };

export const usage = `agent: registers this machine as a host of a cluster and does what the service asks of it

  --url URL             address of the service
  --cluster-id ID       the cluster
  --agent-version IMG   image reference of the agent; its tag is the version that is reported
  --insecure[=BOOL]     accept any certificate of the service
  --cacert FILE         authorities to trust besides the usual ones (PEM)
  --image-url URL       install this live image, plain or gzip, instead of the medium the machine was started from
  --image-sha256 HEX    checksum of that image as it is downloaded
  --overwrite-disks     install on a disk that is not empty as well
  --dry-run             write to no disk and restart nothing
  --inventory           print the machine's inventory and end

The token of the pull secret comes in the environment variable PULL_SECRET_TOKEN.
`;

/** A command line that can't be followed. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const booleans = ['insecure', 'overwrite-disks', 'dry-run', 'inventory', 'help'] as const;

/** Reads the command line; flags may begin with one or two dashes, and those that are on or off may have `=true` or `=false`. Throws UsageError. */
export function parseOptions(argv: readonly string[], environment: Readonly<Record<string, string | undefined>>): AgentCommand {
  const values = parseFlags(argv);
  const isOn = (flag: (typeof booleans)[number]): boolean => readBoolean(flag, values[flag]);
  if (isOn('help')) return { kind: 'help' };
  if (isOn('inventory')) return { kind: 'inventory' };
  const url = required(values, 'url');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw new UsageError(`--url must be an address that begins with http:// or https://, not ${url}`);
  return {
    kind: 'run',
    options: {
      url,
      clusterId: required(values, 'cluster-id'),
      agentImage: required(values, 'agent-version'),
      token: environment['PULL_SECRET_TOKEN'] ?? '',
      insecure: isOn('insecure'),
      caCertificate: values.cacert,
      dryRun: isOn('dry-run'),
      overwriteDisks: isOn('overwrite-disks'),
      image: readImage(values['image-url'], values['image-sha256']),
    },
  };
}

function parseFlags(argv: readonly string[]) {
  const args = argv.map((arg) => {
    const flag = /^--?([a-z][a-z0-9-]*)(=.*)?$/s.exec(arg);
    const name = flag?.[1] ?? '';
    if (!flag) return arg;
    return `--${name}${flag[2] ?? (booleans.some((boolean) => boolean === name) ? '=true' : '')}`;
  });
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args,
      options: {
        url: text, 'cluster-id': text, 'agent-version': text, insecure: text, cacert: text, 'image-url': text, 'image-sha256': text,
        'overwrite-disks': text, 'dry-run': text, inventory: text, help: text,
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function required(values: Readonly<Record<string, string | undefined>>, flag: string): string {
  const value = values[flag];
  if (value === undefined || value === '') throw new UsageError(`--${flag} is needed`);
  return value;
}

function readBoolean(flag: string, text: string | undefined): boolean {
  if (text === undefined || text === 'false') return false;
  if (text !== 'true') throw new UsageError(`--${flag} takes true or false, not ${text}`);
  return true;
}

function readImage(url: string | undefined, sha256: string | undefined): AgentOptions['image'] {
  if (url === undefined && sha256 === undefined) return undefined;
  if (url === undefined || !URL.canParse(url)) throw new UsageError('--image-sha256 goes with an --image-url');
  if (sha256 === undefined || !/^[0-9a-f]{64}$/i.test(sha256)) throw new UsageError('--image-url needs an --image-sha256 of 64 hexadecimal digits');
  return { url, sha256: sha256.toLowerCase() };
}
