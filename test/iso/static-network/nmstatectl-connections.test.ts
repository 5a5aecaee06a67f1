import { existsSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { createNmstatectlConnections } from '../../../src/iso/static-network/nmstatectl-connections';
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
