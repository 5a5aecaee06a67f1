import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMachine } from '../../../src/agent/machine/create-machine';
import type { Machine } from '../../../src/agent/machine/machine';
import { play } from '../steps/play';

const tag = process.pid.toString(36).slice(-6);
const [serverSpace, clientSpace, near, far] = [`dhcps-${tag}`, `dhcpc-${tag}`, `dh${tag}a`, `dh${tag}b`];
const network = '10.123.45';
const real = createMachine({ environment: process.env });
const run = (program: string, ...args: string[]) => spawnSync(program, args, { encoding: 'utf8' });
const remove = (): void => [serverSpace, clientSpace].forEach((space) => void run('ip', 'netns', 'delete', space));

/** Two namespaces with a link between them, and on it what the agent adds; false where this machine does not allow that. */
function prepare(): boolean {
  const done = [
    ['netns', 'add', serverSpace], ['netns', 'add', clientSpace], ['link', 'add', near, 'netns', clientSpace, 'type', 'veth', 'peer', 'name', far, 'netns', serverSpace],
    ['-n', clientSpace, 'link', 'set', near, 'up'], ['-n', serverSpace, 'address', 'add', `${network}.1/24`, 'dev', far], ['-n', serverSpace, 'link', 'set', far, 'up'],
    ['-n', clientSpace, 'link', 'add', 'link', near, 'name', 'probe', 'type', 'macvlan', 'mode', 'bridge'], ['-n', clientSpace, 'link', 'delete', 'probe'],
  ].every((args) => run('ip', ...args).status === 0);
  if (!done) remove();
  return done;
}

const applets = run('busybox', '--list').stdout?.split('\n') ?? [];
const possible = process.getuid?.() === 0 && ['udhcpc', 'udhcpd'].every((applet) => applets.includes(applet)) && real.has('ip') && prepare();

describe.skipIf(!possible)('a real DHCP server (needs root, ip, network namespaces with macvlan, and busybox with udhcpc and udhcpd)', () => {
  let folder: string;
  let server: ChildProcess;
  /** Its programs run in the client's namespace; it has no other DHCP client. */
  const machine: Machine = { ...real, has: (program) => ['ip', 'busybox'].includes(program), run: (program, args, call) => real.run('ip', ['netns', 'exec', clientSpace, program, ...args], call) };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'dhcp-'));
    writeFileSync(join(folder, 'leases'), '');
    writeFileSync(join(folder, 'udhcpd.conf'), [`start ${network}.50`, `end ${network}.60`, `interface ${far}`, `lease_file ${join(folder, 'leases')}`, `pidfile ${join(folder, 'pid')}`, 'option lease 3600', ''].join('\n'));
    server = spawn('ip', ['netns', 'exec', serverSpace, 'busybox', 'udhcpd', '-f', join(folder, 'udhcpd.conf')], { stdio: 'ignore' });
  });
  afterAll(async () => {
    server.kill('SIGTERM');
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
    remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it('leases both virtual addresses to udhcpc, and the same ones again to a client that shows its leases', async () => {
    const request = { interface: near, api_vip_mac: '00:1a:4a:b5:4d:cc', ingress_vip_mac: '00:1a:4a:83:b1:f7' };
    const { json } = await play('dhcp-lease-allocate', request, machine);
    const first = json as { api_vip_address: string; ingress_vip_address: string; api_vip_lease: string; ingress_vip_lease: string };
    expect(first).toMatchObject({ api_vip_address: expect.stringContaining(`${network}.`), ingress_vip_address: expect.stringContaining(`${network}.`) });
    expect(first.api_vip_address).not.toBe(first.ingress_vip_address);
    expect(first.api_vip_lease).toMatch(new RegExp(`interface "${near}";\\s+fixed-address ${first.api_vip_address};\\s+option dhcp-lease-time 3600;`));
    const again = await play('dhcp-lease-allocate', { ...request, api_vip_lease: first.api_vip_lease, ingress_vip_lease: first.ingress_vip_lease }, machine);
    expect(again.json).toMatchObject({ api_vip_address: first.api_vip_address, ingress_vip_address: first.ingress_vip_address });
    expect(run('ip', '-n', clientSpace, '-j', 'link', 'show').stdout).not.toContain('-vip');
  });
});
