import { parseArgs } from 'node:util';
import { fleetProfiles } from '../../sim/fleet-profiles';
import { UsageError } from '../install-test/usage-error';
import { parseProfiles, type ProfileChoice } from './profile-choice';

export interface FleetOptions {
  url?: string;
  token?: string;
  pullSecretFile?: string;
  amsUrl?: string;
  clusters: number;
  hosts: number;
  /** Cluster by cluster, in turn. */
  profiles: readonly ProfileChoice[];
  /** How many clusters are under way at the same time. */
  parallel: number;
  version: string;
  timeoutMs: number;
  /** Whether clusters with a silent machine are waited for until a time-out of the service has ended them. */
  untilTimedOut: boolean;
  junit?: string;
  dataDir: string;
}

export const usage = `fleet: installs many clusters of simulated servers and tells how they ended

  --clusters N              how many (default 3)
  --hosts N                 servers of each: 3, or 5 to 80 (default 3); clusters of the profile sno have one, of compact three
  --profile NAMES           in turn, such as standard,flaky (default standard). There are
                            ${Object.keys(fleetProfiles).join(', ')}.
                            silent may name the stage from which on nothing is heard of one machine:
                            silent:Rebooting (default silent:Writing image to disk)
  --until-timed-out         clusters with a silent machine: wait until a time-out of the service has ended them,
                            instead of until they stand still (HOST_STAGE_TIMEOUTS of the service, --timeout)
  --parallel N              clusters at the same time (default: all)
  --version VERSION         OpenShift version (default 4.8)
  --timeout MINUTES         for each cluster (default 10)
  --url URL                 address of the service; without it the running development stack
  --token TOKEN             the user's token (needed with --url)
  --pull-secret-file FILE   the user's pull secret (needed with --url)
  --ams-url URL             account management service; without it, or a development stack, subscriptions are not checked
  --junit FILE              writes the results as JUnit XML too
  --data DIR                data folder of the development stack (default .data)

Exit codes: 0 every cluster and every subscription ended as its profile says, 1 one did not, 2 wrong use, 130 interrupted.
Its clusters are removed.
`;

function parseCount(name: string, text: string, most: number): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > most) throw new UsageError(`--${name} ${text}: expected 1 to ${most}`);
  return count;
}

/** The options of a command line. Throws UsageError. */
export function parseOptions(args: readonly string[]): FleetOptions | 'help' {
  const text = { type: 'string' } as const;
  const { values } = parse(() => parseArgs({
    args: [...args],
    options: { clusters: text, hosts: text, profile: text, parallel: text, version: text, timeout: text, url: text, token: text, 'pull-secret-file': text, 'ams-url': text, junit: text, 'until-timed-out': { type: 'boolean' }, data: text, help: { type: 'boolean', short: 'h' } },
  }));
  if (values.help) return 'help';
  const { url, token, 'pull-secret-file': pullSecretFile } = values;
  if (url !== undefined && (token === undefined || pullSecretFile === undefined)) throw new UsageError('--url needs --token and --pull-secret-file');
  const clusters = parseCount('clusters', values.clusters ?? '3', 1_000);
  const hosts = parseCount('hosts', values.hosts ?? '3', 80);
  if (hosts !== 3 && hosts < 5) throw new UsageError(`--hosts ${hosts}: expected 3 (masters), or 5 to 80 (with at least two workers)`);
  return {
    clusters, hosts,
    profiles: parseProfiles(values.profile ?? 'standard', hosts),
    parallel: parseCount('parallel', values.parallel ?? String(clusters), 1_000),
    version: values.version ?? '4.8',
    timeoutMs: parseCount('timeout', values.timeout ?? '10', 1_440) * 60_000,
    untilTimedOut: values['until-timed-out'] ?? false,
    dataDir: values.data ?? '.data',
    ...(values.junit === undefined ? {} : { junit: values.junit }), ...(values['ams-url'] === undefined ? {} : { amsUrl: values['ams-url'] }),
    ...(url === undefined ? {} : { url }), ...(token === undefined ? {} : { token }), ...(pullSecretFile === undefined ? {} : { pullSecretFile }),
  };
}

function parse<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
