import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { afterEach, describe, expect, it } from 'vitest';
import { collectLogs } from '../../../src/agent/logs/collect-logs';
import { FixtureMachine, type MachineTree } from '../fixture-machine';

let machine: FixtureMachine;
afterEach(() => machine.remove());

async function collect(programs: MachineTree['programs'] = {}): Promise<Record<string, string>> {
  machine = new FixtureMachine({ programs });
  const archive = await collectLogs(machine, new AbortController().signal);
  const files: Record<string, string> = {};
  for await (const entry of Readable.from([gunzipSync(archive)]).pipe(extract())) {
    const chunks: Buffer[] = [];
    for await (const chunk of entry) chunks.push(chunk as Buffer);
    files[entry.header.name] = Buffer.concat(chunks).toString();
  }
  return files;
}

describe('the logs of a machine', () => {
  it('are its journal, its kernel\'s messages and how it stands; what can\'t be had is told', async () => {
    const files = await collect({ journalctl: (args) => ({ stdout: `journal ${args.includes('--unit=agent') ? 'of the agent' : 'whole'}\n` }), dmesg: () => ({ stdout: 'kernel\n' }), ip: () => ({ code: 1, stderr: 'denied' }) });
    expect(files).toMatchObject({ 'journal.log': 'journal whole\n', 'agent.log': 'journal of the agent\n', 'dmesg.log': 'kernel\n' });
    expect(files['missing.txt']).toContain('addresses.txt: ip ended with code 1: denied');
    expect(files['missing.txt']).toContain('block-devices.txt: lsblk could not be started (lsblk is not installed)');
  });

  it('are refused by a machine that has none', async () => {
    await expect(collect()).rejects.toThrow('this machine has no logs that can be read');
  });
});
