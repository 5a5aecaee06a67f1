import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createFleet } from '../sim/fleet';
import { paces } from '../sim/pace';
import type { SimEvent } from '../sim/sim-event';

const usage = `servers: boots simulated servers from the discovery image of a cluster of the running development stack

  --cluster ID    the cluster they belong to
  --hosts N       how many (default 3)
  --data DIR      data folder of the development stack (default .data)

They register, report, wait for the installation and play it to its end; Ctrl-C switches them off.
`;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

function describe(event: SimEvent): string | undefined {
  switch (event.kind) {
    case 'replied':
      return undefined;
    case 'stage':
      return event.info === '' || event.info === '100%' ? `${event.hostId}  ${event.stage}` : undefined;
    case 'controller':
      return `controller  ${event.what}`;
    case 'registered':
    case 'rebooted':
      return `${event.hostId}  ${event.kind}`;
    default:
      return `${event.hostId}  ${event.kind}: ${event.reason}`;
  }
}

async function main(argv: string[]): Promise<number> {
  const { values } = parseArgs({ args: argv, options: { cluster: { type: 'string' }, hosts: { type: 'string' }, data: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
  const hostCount = Number(values.hosts ?? '3');
  if (values.help) {
    print(usage);
    return 0;
  }
  if (values.cluster === undefined || !Number.isInteger(hostCount) || hostCount < 1 || hostCount > 80) {
    process.stderr.write(`--cluster is needed, and --hosts must be 1 to 80\n\n${usage}`);
    return 2;
  }
  const { api_url: url, agent_token: token } = JSON.parse(readFileSync(join(values.data ?? '.data', 'stack.json'), 'utf8')) as { api_url: string; agent_token: string };
  const off = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => off.abort());
  const observe = (event: SimEvent): void => {
    const line = describe(event);
    if (line !== undefined) print(line);
  };
  const fleet = createFleet({ url, clusterId: values.cluster, token, hostCount, pace: paces.brisk, observe });
  try {
    print(`the cluster is ${await fleet.run(off.signal)}`);
    return 0;
  } catch (error) {
    if (off.signal.aborted) return 0;
    throw error;
  }
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
