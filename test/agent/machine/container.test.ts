import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** A machine with processes and mounts of its own. */
const machine = ['--user', '--map-root-user', '--mount', '--pid', '--fork', '--mount-proc'];
const canMount = spawnSync('unshare', [...machine, 'sh', '-c', 'mount -t tmpfs machine /run && nsenter --target 1 --mount true && findmnt /run'], { encoding: 'utf8' });

/**
 * The machine has programs in `bin` and a file in /run that the container does not; the container has a program the machine does not, and shares
 * with it the processes, as `--pid=host` does.
 */
const script = `set -eu
mount --bind "$FOLDER/machine" "$FOLDER/bin"
mount -t tmpfs machine /run
touch /run/of-the-machine
unshare --mount sh -c 'set -eu; umount "$FOLDER/bin"; mount -t tmpfs container /run; exec "$NODE" "$FOLDER/agent.cjs"'
exit 0`;

describe.skipIf(canMount.status !== 0)('an agent in a container (needs user namespaces, nsenter and findmnt)', () => {
  let folder = '';
  let found: unknown;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'container-'));
    for (const name of ['bin', 'machine', 'seen']) mkdirSync(join(folder, name));
    const program = (path: string, lines: string): void => writeFileSync(join(folder, path), `#!/bin/sh\n${lines}\n`, { mode: 0o755 });
    program('machine/coreos-installer', `printf '%s\\n' "$@" > ${folder}/seen/arguments\ncat "$3" > ${folder}/seen/ignition\nstat -c %a "$3" > ${folder}/seen/mode\nprintf '(50%%)' >&2`);
    program('machine/systemctl', 'echo running');
    program('machine/of-the-machine', 'true');
    program('bin/of-the-image', 'true');
    program('bin/systemctl', 'echo "Running in chroot, ignoring command"');
    await build({ entryPoints: [join(import.meta.dirname, 'install-in-container.ts')], bundle: true, platform: 'node', format: 'cjs', outfile: join(folder, 'agent.cjs'), logLevel: 'error' });
    const run = spawnSync('unshare', [...machine, 'sh', '-c', script], { encoding: 'utf8', env: { PATH: `${folder}/bin:${process.env['PATH'] ?? ''}`, FOLDER: folder, NODE: process.execPath } });
    if (run.status !== 0) throw new Error(run.stderr);
    found = JSON.parse(run.stdout);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const seen = (name: string): string => readFileSync(join(folder, 'seen', name), 'utf8').trim();

  it('has the installer of the machine write the disk; its ignition is where the machine sees it, for root alone, and is gone afterwards', () => {
    expect(found).toMatchObject({ percents: [50, 100], left: [] });
    const [command, flag, file = '', ...rest] = seen('arguments').split('\n');
    expect([command, flag, ...rest]).toEqual(['install', '--ignition-file', '--append-karg', 'ip=eno1:dhcp', '/dev/vda']);
    expect(file).toMatch(/^\/run\/agent-[^/]+\/host\.ign$/);
    expect([seen('ignition'), seen('mode'), existsSync(file)]).toEqual(['{"ignition":{}}', '600', false]);
  });

  it('asks the machine\'s own services and mounts; other programs are those of its image', () => {
    expect(found).toMatchObject({ mounted: 'machine', systemctl: 'running', ownFile: true, has: ['coreos-installer', 'of-the-image'] });
  });
});
