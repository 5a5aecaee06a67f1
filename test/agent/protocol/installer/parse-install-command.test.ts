import { describe, expect, it } from 'vitest';
import { parseInstallCommand } from '../../../../src/agent/protocol/installer/parse-install-command';
import { splitShellWords } from '../../../../src/agent/protocol/split-shell-words';
import { shellJoin } from '../../../../src/domain/instructions/shell-quote';

describe('words of a shell command line', () => {
  it.each([[['a', 'b c', "it's", '', '$HOME', '\\', 'x"y', '*']]])('are those that were quoted: %j', (words) => {
    expect(splitShellWords(shellJoin(words))).toEqual(words);
  });

  it.each([['a "b c" d', ['a', 'b c', 'd']], ['"x\\"y\\n"', ['x"y\\n']], ['a\\ b', ['a b']], ['  a\t\nb ', ['a', 'b']], ["a''b", ['ab']]])('%j', (line, words) => {
    expect(splitShellWords(line)).toEqual(words);
  });
});

describe('the command of an install step', () => {
  const program = ['--role', 'bootstrap', '--boot-device', '/dev/disk/by-id/wwn-0x5', '--high-availability-mode', 'None', '--installer-args', '["--append-karg","ip=eno1:dhcp"]', '--no-proxy', '.svc'];

  it('names role, disk, disks to clear and the arguments of the disk\'s writer', () => {
    const line = `dd if=/dev/zero of=/dev/sda bs=512 count=1 ; dd if=/dev/zero of=/dev/nvme0n1 bs=512 count=1 ; ${shellJoin(['podman', 'run', 'image', ...program])}`;
    expect(parseInstallCommand(['-c', line])).toEqual({
      role: 'bootstrap', singleNode: true, bootDevice: '/dev/disk/by-id/wwn-0x5', disksToClear: ['/dev/sda', '/dev/nvme0n1'], installerArgs: ['--append-karg', 'ip=eno1:dhcp'],
    });
  });

  it('clears no more than boot sectors of devices', () => {
    const line = 'dd if=/dev/zero of=/dev/sda bs=1M count=1; dd if=/dev/zero of=/etc/passwd bs=512 count=1; podman run image --role=worker';
    expect(parseInstallCommand(['-c', line])).toEqual({ role: 'worker', singleNode: false, bootDevice: '', disksToClear: [], installerArgs: [] });
  });

  it('is refused without a role, or with arguments that are no list', () => {
    expect(() => parseInstallCommand(['-c', 'podman run image --role admin'])).toThrow('names no role');
    expect(() => parseInstallCommand(['-c', `podman run image --role master --installer-args '{"a":1}'`])).toThrow('not a list');
  });
});
