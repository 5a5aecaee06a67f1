import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createNmstatectlConnections } from '../../../src/iso/static-network/nmstatectl-connections';
import { setAutoconnect } from '../../../src/iso/static-network/set-autoconnect';
import { findProgram } from '../../../src/programs/find-program';
import { runProgram } from '../../../src/programs/run-program';
import { createRecordingProgram, type ProgramBehaviour, type RecordingProgram } from '../../support/recording-program';

const programs: RecordingProgram[] = [];
afterEach(() => programs.splice(0).forEach((program) => program.remove()));

function nmstatectl(...behaviours: ProgramBehaviour[]) {
  const program = createRecordingProgram('nmstatectl', ...behaviours);
  programs.push(program);
  return { program, generator: createNmstatectlConnections(program.path, runProgram, { PATH: '/usr/bin:/bin' }) };
}
const keyfile = '[connection]\nid=eth0\n\n[ipv4]\nmethod=auto\n';
const yaml = 'interfaces:\n- name: eth0\n';

describe('connections by nmstatectl', () => {
  it('come from its command gc, which reads a file that is gone afterwards', async () => {
    const { program, generator } = nmstatectl({ stdout: `---\nNetworkManager:\n- - eth0.nmconnection\n  - |\n${keyfile.replace(/^(?=.)/gm, '    ')}` });
    expect(generator.implementation).toBe(program.path);
    expect(await generator.generate(yaml)).toEqual([{ name: 'eth0.nmconnection', content: keyfile }]);
    const [call] = program.calls();
    expect(call).toMatchObject({ argv: ['gc', expect.stringMatching(/network\.yaml$/)], env: { PATH: '/usr/bin:/bin' }, stdin: '' });
    expect([call?.argv[1]?.startsWith(call.cwd), existsSync(call?.cwd ?? '/')]).toEqual([true, false]);
  });

  it('are read from JSON as well', async () => {
    const { generator } = nmstatectl({ stdout: JSON.stringify({ NetworkManager: [['eth0.nmconnection', keyfile]] }) });
    expect(await generator.generate(yaml)).toEqual([{ name: 'eth0.nmconnection', content: keyfile }]);
  });

  it.each<[string, ProgramBehaviour, string]>([
    ['an exit code', { exitCode: 1, stderr: 'Traceback (most recent call last):\n  File "x"\nNmstateValueError: Unknown interface type\n', stdout: 'NetworkManager:\n- - eth0' }, 'nmstatectl does not accept it: NmstateValueError: Unknown interface type'],
    ['no connections', { stdout: 'NetworkManager: []\n' }, 'it gives no connection: list the interfaces of the host, with state: up'],
  ])('are refused to their author after %s', async (_what, behaviour, message) => {
    await expect(nmstatectl(behaviour).generator.generate(yaml)).rejects.toMatchObject({ name: 'StaticNetworkError', message });
  });

  it.each<[string, ProgramBehaviour, RegExp]>([
    ['output that breaks off', { stdout: 'NetworkManager:\n- - eth0.nmconnection\n  - "[connec' }, /cannot be read as connections/],
    ['a file outside of its folder', { stdout: JSON.stringify({ NetworkManager: [['../eth0.nmconnection', keyfile]] }) }, /cannot be read as connections/],
    ['death by a signal', { signal: 'SIGKILL' }, /was ended by SIGKILL/],
  ])('are a fault of ours after %s', async (_what, behaviour, message) => {
    await expect(nmstatectl(behaviour).generator.generate(yaml)).rejects.toMatchObject({ name: 'Error', message: expect.stringMatching(message) });
  });

  it('are given up with their caller', async () => {
    const { program, generator } = nmstatectl({ hang: true });
    const giveUp = new AbortController();
    const generating = generator.generate(yaml, giveUp.signal);
    generating.catch(() => undefined);
    await expect.poll(() => program.calls().length).toBe(1);
    giveUp.abort();
    await expect(generating).rejects.toThrow('nmstatectl was cancelled');
    expect(existsSync(program.calls()[0]?.cwd ?? '/')).toBe(false);
  });
});

const golden = join(import.meta.dirname, 'golden');
const cases = readdirSync(golden);
const read = (...path: string[]): string => readFileSync(join(golden, ...path), 'utf8');
/** Interface, kind and addresses of a connection: what it is about, whoever wrote it. */
const essence = (content: string): string[] =>
  content.split('\n').filter((line) => /^(interface-name|address\d+|id|parent|mode|method)=/.test(line)).map((line) => line.replace(/^address\d+/, 'address').replace(/,.*/, '')).sort();

describe('what nmstate 2.2.62 printed', () => {
  it.each(cases)('is read whole, and means what the built-in generator makes of the same: %s', async (name) => {
    const made = await nmstatectl({ stdout: read(name, 'nmstatectl.yaml') }).generator.generate(yaml);
    const expected = readdirSync(join(golden, name)).filter((file) => file.endsWith('.nmconnection'));
    expect(made.map((file) => file.name).sort()).toEqual(expected.sort());
    for (const file of made) {
      expect(setAutoconnect(file.content)).toMatch(/\[connection\]\n(?:.*\n)*?autoconnect=true\nautoconnect-priority=1\n/);
      expect(essence(file.content)).toEqual(essence(read(name, file.name)));
    }
  });
});

const installed = findProgram('nmstatectl', `${process.env['PATH'] ?? ''}:${process.env['HOME'] ?? ''}/.cargo/bin`);
if (installed === undefined) process.stderr.write('nmstatectl is not installed: that it works with us is NOT tested, only what it once printed (cargo install nmstatectl --locked --no-default-features --features gen_conf)\n');

describe.skipIf(installed === undefined)('nmstatectl itself', () => {
  const generator = createNmstatectlConnections(installed ?? '', runProgram, { PATH: '/usr/bin:/bin' });

  it.each(cases)('makes connections of %s', async (name) => {
    const made = await generator.generate(read(name, 'network.yaml'));
    expect(made.map((file) => [file.name, essence(file.content)]).sort()).toEqual(
      readdirSync(join(golden, name)).filter((file) => file.endsWith('.nmconnection')).map((file) => [file, essence(read(name, file))]).sort());
  });

  it.each([
    ['no YAML', '- ['],
    ['an address that is none', 'interfaces: [{name: eth0, type: ethernet, ipv4: {enabled: true, address: [{ip: 999.1.1.1, prefix-length: 24}]}}]'],
    ['a mode of a bond that is none', 'interfaces: [{name: bond0, type: bond, link-aggregation: {mode: fast, port: [eth0]}}]'],
    ['a field that is none', 'interfacez: []'],
    ['no interfaces', 'interfaces: []'],
  ])('refuses %s, and says why', async (_what, network) => {
    await expect(generator.generate(network)).rejects.toMatchObject({ name: 'StaticNetworkError', message: expect.stringMatching(/.{20}/) });
  });
});
