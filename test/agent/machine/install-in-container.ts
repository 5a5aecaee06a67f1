import { readdirSync } from 'node:fs';
import { writeByInstaller } from '../../../src/agent/install/write-by-installer';
import { createMachine } from '../../../src/agent/machine/create-machine';
import { exists } from '../../../src/agent/machine/read';
import type { AgentOptions } from '../../../src/agent/options';

/** What an agent finds of its machine and has it do; run by container.test.ts in a mount namespace of its own. */
async function main(): Promise<unknown> {
  const machine = createMachine({ environment: process.env });
  const { signal } = new AbortController();
  const options: AgentOptions = { url: 'http://127.0.0.1:1', clusterId: '', agentImage: '', token: '', insecure: false, caCertificate: undefined, dryRun: false, overwriteDisks: false, image: undefined };
  const percents: number[] = [];
  await writeByInstaller('{"ignition":{}}', '/dev/vda', ['--append-karg', 'ip=eno1:dhcp'], { machine, options, log: () => undefined, signal }, async (percent) => void percents.push(percent));
  return {
    percents,
    left: readdirSync('/proc/1/root/run').filter((name) => name.startsWith('agent-')),
    mounted: (await machine.run('findmnt', ['--noheadings', '--output', 'SOURCE', '/run'])).stdout.trim(),
    systemctl: (await machine.run('systemctl', ['is-system-running'])).stdout.trim(),
    ownFile: await exists({ root: machine.hostRoot }, '/run/of-the-machine'),
    has: ['coreos-installer', 'of-the-machine', 'of-the-image'].filter(machine.has),
  };
}

void main().then((found) => process.stdout.write(JSON.stringify(found)));
