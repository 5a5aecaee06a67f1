import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { extract } from 'tar-stream';
import { afterEach, describe, expect, it } from 'vitest';
import { collectLogs } from '../../../src/agent/logs/collect-logs';
import { createMachine } from '../../../src/agent/machine/create-machine';
import type { Machine } from '../../../src/agent/machine/machine';
import { createRecordingProgram, type RecordingProgram } from '../../support/recording-program';
import { FixtureMachine, type MachineTree } from '../fixture-machine';

let machine: FixtureMachine | undefined;
let journalctl: RecordingProgram | undefined;
afterEach(() => {
  machine?.remove();
  journalctl?.remove();
});

async function collect(programs: MachineTree['programs'] = {}): Promise<Record<string, string>> {
  machine = new FixtureMachine({ programs });
  return collectFrom(machine);
}

async function collectFrom(from: Machine): Promise<Record<string, string>> {
  const archive = await collectLogs(from, new AbortController().signal);
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

  it('end with what was written last, however long they are', async () => {
    const floodBytes = 17 * 1024 * 1024;
    journalctl = createRecordingProgram('journalctl', { floodBytes, stdout: '\nthe failure\n' });
    const files = await collectFrom(createMachine({ environment: { PATH: journalctl.folder } }));
    for (const file of ['journal.log', 'agent.log', 'bootkube.log']) expect(files[file]).toBe('the failure\n');
    expect(files['missing.txt']).toContain(`agent.log: its first ${floodBytes + 1} bytes`);
    expect(journalctl.calls().filter(({ argv }) => !argv.some((argument) => argument.startsWith('--lines=')))).toEqual([]);
  });

  it('are refused by a machine that has none', async () => {
    await expect(collect()).rejects.toThrow('this machine has no logs that can be read');
  });
});
