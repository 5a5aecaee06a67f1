import { parseArgs } from 'node:util';
import { UsageError } from './usage-error';

const networks = ['static', 'dhcp', 'user-managed'] as const;

/** Who gives the cluster its virtual addresses: the user, a DHCP server, or nobody (the user's own load balancer). */
export type TestNetwork = (typeof networks)[number];

export interface InstallTestOptions {
  url?: string;
  token?: string;
  agentToken?: string;
  pullSecretFile?: string;
  amsUrl?: string;
  version: string;
  hosts: number;
  /** One server that is the whole cluster; `hosts` is 1 and `network` is 'user-managed' then. */
  singleNode: boolean;
  network: TestNetwork;
  /** Names of the OLM operators to install. */
  operators: readonly string[];
  junit?: string;
  keep: boolean;
  timeoutMs: number;
  dataDir: string;
}

export const usage = `install-test: installs a cluster with simulated servers and verifies every result

  --url URL                 address of the service; without it the running development stack is tested
  --token TOKEN             the user's token (needed with --url)
  --pull-secret-file FILE   the user's pull secret (needed with --url)
  --agent-token TOKEN       the agents' token; default: that of cloud.openshift.com in the pull secret
  --ams-url URL             account management service; without it subscriptions are not checked
  --version VERSION         OpenShift version to install (default 4.8)
  --hosts N                 servers to simulate: 3, or 5 to 80 (default 3)
  --single-node             a cluster of one server, in place of --hosts and --network
  --network KIND            where the virtual addresses come from: static (set by the user), dhcp (leased), or
                            user-managed (there are none) (default static)
  --operators NAMES         OLM operators to install, such as lso,ocs (default none)
  --junit FILE              writes the results as JUnit XML too
  --keep                    leaves the cluster behind
  --timeout DURATION        for the whole test, such as 90s or 10m (default 10m)
  --data DIR                data folder of the development stack (default .data)

Exit codes: 0 all passed, 1 something failed, 2 wrong use.
`;

const unitMs: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000 };

function parseDuration(text: string): number {
  const match = /^(\d+)(s|m|h)$/.exec(text);
  const value = Number(match?.[1]) * (unitMs[match?.[2] ?? ''] ?? NaN);
  if (!(value > 0)) throw new UsageError(`--timeout ${text}: expected a duration such as 90s or 10m`);
  return value;
}

function parseHosts(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count > 80 || (count !== 3 && count < 5)) throw new UsageError(`--hosts ${text}: expected 3 (masters), or 5 to 80 (with at least two workers)`);
  return count;
}

function parseNetwork(text: string): TestNetwork {
  const network = networks.find((known) => known === text);
  if (!network) throw new UsageError(`--network ${text}: expected ${networks.join(', ')}`);
  return network;
}

/** What kind of cluster to install. */
function parseShape(values: { hosts?: string | undefined; network?: string | undefined; 'single-node'?: boolean | undefined }): Pick<InstallTestOptions, 'hosts' | 'singleNode' | 'network'> {
  if (!values['single-node']) return { hosts: parseHosts(values.hosts ?? '3'), singleNode: false, network: parseNetwork(values.network ?? 'static') };
  if (values.hosts !== undefined || values.network !== undefined) throw new UsageError('--single-node excludes --hosts and --network');
  return { hosts: 1, singleNode: true, network: 'user-managed' };
}

function parse(argv: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...argv],
      options: {
        url: text,
        token: text,
        'agent-token': text,
        'pull-secret-file': text,
        'ams-url': text,
        version: text,
        hosts: text,
        'single-node': { type: 'boolean' },
        network: text,
        operators: text,
        junit: text,
        keep: { type: 'boolean' },
        timeout: text,
        data: text,
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Options from the command line, or 'help'. Throws UsageError. */
export function parseOptions(argv: readonly string[]): InstallTestOptions | 'help' {
  const values = parse(argv);
  if (values.help) return 'help';
  if (values.url !== undefined && (values.token === undefined || values['pull-secret-file'] === undefined)) {
    throw new UsageError('--url needs --token and --pull-secret-file');
  }
  return {
    ...(values.url === undefined ? {} : { url: values.url }),
    ...(values.token === undefined ? {} : { token: values.token }),
    ...(values['agent-token'] === undefined ? {} : { agentToken: values['agent-token'] }),
    ...(values['pull-secret-file'] === undefined ? {} : { pullSecretFile: values['pull-secret-file'] }),
    ...(values['ams-url'] === undefined ? {} : { amsUrl: values['ams-url'] }),
    ...(values.junit === undefined ? {} : { junit: values.junit }),
    version: values.version ?? '4.8',
    ...parseShape(values),
    operators: (values.operators ?? '').split(',').map((name) => name.trim()).filter((name) => name !== ''),
    keep: values.keep ?? false,
    timeoutMs: parseDuration(values.timeout ?? '10m'),
    dataDir: values.data ?? '.data',
  };
}
