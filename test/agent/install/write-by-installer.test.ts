import { existsSync, readFileSync, statSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { writeByInstaller } from '../../../src/agent/install/write-by-installer';
import { createAgentClient } from '../../../src/agent/protocol/agent-client';
import { FixtureMachine, type Recorded } from '../fixture-machine';
import { hostId } from '../server';
import { agentOptions } from '../steps/play';

let machine: FixtureMachine;
afterEach(() => machine.remove());

const progress = ['0.9', '2.1', '4.0', '7.9'].map((gib, at) => `> Read disk ${gib} GiB/8.0 GiB (${[11, 26, 50, 99][at]}%)   \r`).join('');

async function write(program: (args: readonly string[]) => Recorded, dryRun = false) {
  machine = new FixtureMachine({ programs: { 'coreos-installer': program } });
  const percents: number[] = [];
  const options = { ...agentOptions, dryRun };
  const context = { machine, client: createAgentClient(options), fetch, directFetch: fetch, hostId, options, log: () => undefined, signal: new AbortController().signal };
  await writeByInstaller('{"ignition":{"version":"3.1.0"}}', '/dev/sda', ['--append-karg', 'ip=eno1:dhcp'], context, async (percent) => void percents.push(percent));
  return percents;
}

describe('coreos-installer', () => {
  it('gets the ignition in a file only root reads, the arguments of the step and the disk; its progress is passed on', async () => {
    let file = '';
    const percents = await write((args) => {
      file = args[2] ?? '';
      expect([args[0], args[1], ...args.slice(3)]).toEqual(['install', '--ignition-file', '--append-karg', 'ip=eno1:dhcp', '/dev/sda']);
      expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual(['{"ignition":{"version":"3.1.0"}}', 0o600]);
      return { stderr: progress };
    });
    expect(percents).toEqual([10, 25, 50, 95, 100]);
    expect(existsSync(file)).toBe(false);
  });

  it('fails with its own words', async () => {
    await expect(write(() => ({ code: 1, stderr: 'Error: checking for exclusive access to /dev/sda' }))).rejects.toThrow('coreos-installer ended with code 1: Error: checking for exclusive access');
  });

  it('is not run in a dry run', async () => {
    expect(await write(() => ({ code: 1 }), true)).toEqual([100]);
    expect(machine.calls).toEqual([]);
  });
});
