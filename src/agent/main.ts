import { readFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import { createHttpFetch } from './protocol/http/http-fetch';
import { readInventory } from './inventory/read-inventory';
import { createMachine } from './machine/create-machine';
import { type AgentOptions, parseOptions, usage, UsageError } from './options';
import { createAgentClient } from './protocol/agent-client';
import { agentRetryRules } from './protocol/retry-rules';
import { runAgent } from './run-agent';

// A server's memory is for its cluster: small garbage is collected often instead of kept.
setFlagsFromString('--max-semi-space-size=1');
setFlagsFromString('--optimize-for-size');

const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function run(options: AgentOptions): Promise<number> {
  const ca = options.caCertificate === undefined ? undefined : await readFile(options.caCertificate, 'utf8');
  const trust = { ca, insecure: options.insecure };
  const fetch = createHttpFetch({ ...trust, environment: process.env });
  const directFetch = createHttpFetch({ ...trust, environment: {} });
  const over = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => over.abort());
  const client = createAgentClient({ url: options.url, clusterId: options.clusterId, token: options.token, agentImage: options.agentImage, fetch });
  try {
    await runAgent({ options, client, fetch, directFetch, machine: createMachine({ environment: process.env }), rules: agentRetryRules, toMs: (seconds) => seconds * 1000, log: print }, over.signal);
  } catch (error) {
    if (!over.signal.aborted) throw error;
  }
  return 0;
}

async function main(): Promise<number> {
  const command = parseOptions(process.argv.slice(2), process.env);
  switch (command.kind) {
    case 'help':
      process.stdout.write(usage);
      return 0;
    case 'inventory':
      print(JSON.stringify(await readInventory(createMachine({ environment: process.env })), undefined, 2));
      return 0;
    case 'run':
      return run(command.options);
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(error instanceof UsageError ? `agent: ${error.message}\n\n${usage}` : `agent: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(error instanceof UsageError ? 2 : 1);
  },
);
