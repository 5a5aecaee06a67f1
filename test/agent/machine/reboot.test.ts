import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { reboot } from '../../../src/agent/machine/reboot';
import { FixtureMachine, type Recorded } from '../fixture-machine';

let machine: FixtureMachine;
let hostRoot: string | undefined;
afterEach(() => {
  machine.remove();
  if (hostRoot !== undefined) rmSync(hostRoot, { recursive: true });
  hostRoot = undefined;
});

/** An agent in a container: its own files tell nothing of the machine's init system. */
function contain(systemctl: () => Recorded): FixtureMachine {
  machine = new FixtureMachine({ files: { '/proc/sysrq-trigger': '' }, programs: { systemctl } });
  machine.hostRoot = hostRoot = mkdtempSync(join(tmpdir(), 'host-'));
  mkdirSync(join(hostRoot, 'run/systemd/system'), { recursive: true });
  return machine;
}

describe('a machine is restarted', () => {
  it('by its init system, which the agent also finds from a container', async () => {
    await reboot(contain(() => ({})));
    expect(machine.calls).toEqual([['systemctl', 'reboot']]);
    expect(readFileSync(machine.at('/proc/sysrq-trigger'), 'utf8')).toBe('');
  });

  it('or the agent says why not', async () => {
    await expect(reboot(contain(() => ({ code: 1, stderr: 'Access denied' })))).rejects.toThrow('systemctl reboot ended with code 1: Access denied');
  });

  it('by the kernel where there is no init system', async () => {
    machine = new FixtureMachine({ files: { '/proc/sysrq-trigger': '' } });
    await reboot(machine);
    expect(readFileSync(machine.at('/proc/sysrq-trigger'), 'utf8')).toBe('b');
  });
});
