import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatStaticNetwork } from '../../../src/domain/static-network/stored-form';
import { bootHookPath, bootScript, bootUnit } from '../../../src/iso/static-network/boot-script';
import { createBuiltinConnections } from '../../../src/iso/static-network/builtin-connections';
import { staticNetworkFiles } from '../../../src/iso/static-network/static-network-files';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'boot-script-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function put(path: string, content: string, mode = 0o644): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
  chmodSync(join(root, path), mode);
}

/** An interface as the kernel shows it; `virtual` for one without a device. */
function putInterface(name: string, mac: string, options: { virtual?: boolean; permanent?: string } = {}): void {
  put(`/sys/class/net/${name}/address`, `${mac}\n`);
  if (!options.virtual) put(`/sys/class/net/${name}/device/vendor`, '0x1af4\n');
  if (options.permanent) put(`/sys/class/net/${name}/bonding_slave/perm_hwaddr`, `${options.permanent}\n`);
}

interface Host {
  yaml?: string;
  map: Record<string, string>;
}
const bonded = 'interfaces: [{name: bond0, type: bond, link-aggregation: {mode: active-backup, options: {primary: eth1}, port: [eth0, eth1]}, ipv4: {enabled: true, dhcp: true}}]';
const plain = (name: string) => `interfaces: [{name: ${name}, type: ethernet, ipv4: {enabled: true, dhcp: true}}]`;

async function putHosts(...hosts: Host[]): Promise<void> {
  const stored = formatStaticNetwork(
    hosts.map(({ yaml, map }) => ({
      networkYaml: yaml ?? bonded,
      macInterfaceMap: Object.entries(map).map(([macAddress, logicalNicName]) => ({ macAddress, logicalNicName })),
    })),
  );
  for (const { path, content, mode } of await staticNetworkFiles(stored, createBuiltinConnections())) put(path, content, mode);
}

/** Runs the script, and what it writes to the log. */
function boot(shell = 'bash'): string {
  const script = join(root, 'script.sh');
  writeFileSync(script, bootScript);
  const { status, stderr, stdout } = spawnSync(shell, [script], { env: { ASSISTED_ROOT: root, PATH: '/usr/bin:/bin' }, encoding: 'utf8' });
  expect([status, stdout]).toEqual([0, '']);
  return stderr;
}
const folder = '/etc/NetworkManager/system-connections';
const list = (path = folder): string[] => (existsSync(join(root, path)) ? readdirSync(join(root, path)).sort() : []);
const read = (name: string, path = folder): string => readFileSync(join(root, path, name), 'utf8');

describe.each(['bash', 'sh'])('the boot script in %s', (shell) => {
  it('takes the host that has an address of this machine, and gives its connections the real names', async () => {
    await putHosts({ map: { '02:00:00:00:00:01': 'eth0', '02:00:00:00:00:02': 'eth1' } }, { map: { '02:00:00:00:AA:01': 'eth0', '02:00:00:00:AA:02': 'eth1' } });
    putInterface('lo', '00:00:00:00:00:00', { virtual: true });
    putInterface('ens3', '02:00:00:00:aa:01');
    putInterface('ens4', '02:00:00:00:aa:02');
    expect(boot(shell)).toContain('eth1 is ens4 (02:00:00:00:aa:02)');
    expect(list()).toEqual(['bond0.nmconnection', 'ens3.nmconnection', 'ens4.nmconnection']);
    expect(read('ens3.nmconnection')).toContain('\nid=ens3\n');
    expect(read('ens3.nmconnection')).toContain('\ninterface-name=ens3\n');
    expect(read('ens3.nmconnection')).toContain('\nautoconnect=true\nautoconnect-priority=1\n');
    expect(read('bond0.nmconnection')).toContain('\nprimary=ens4\n');
    expect(list().map((name) => statSync(join(root, folder, name)).mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
  });

  it('lets two names change places', async () => {
    await putHosts({ map: { '02:00:00:00:00:01': 'eth0', '02:00:00:00:00:02': 'eth1' } });
    putInterface('eth1', '02:00:00:00:00:01');
    putInterface('eth0', '02:00:00:00:00:02');
    const before = await createBuiltinConnections().generate(bonded);
    boot(shell);
    const uuid = (text = ''): string => /uuid=(.*)/.exec(text)?.[1] ?? '';
    expect(uuid(read('eth1.nmconnection'))).toBe(uuid(before.find(({ name }) => name === 'eth0.nmconnection')?.content));
    expect(read('eth1.nmconnection')).toContain('interface-name=eth1\n');
    expect(read('bond0.nmconnection')).toContain('primary=eth0\n');
  });

  it('replaces whole names only, and nothing but names', async () => {
    const yaml = `interfaces:
- {name: eth1, type: ethernet, ipv4: {enabled: true, address: [{ip: 192.0.2.1, prefix-length: 24}]}}
- {name: eth10, type: ethernet}
- {name: eth1.100, type: vlan, vlan: {base-iface: eth1, id: 100}}
dns-resolver: {config: {server: [192.0.2.53], search: [eth1.example.com]}}`;
    await putHosts({ yaml, map: { '02:00:00:00:00:01': 'eth1' } });
    putInterface('enp1s0', '02:00:00:00:00:01');
    boot(shell);
    expect(list()).toEqual(['enp1s0.100.nmconnection', 'enp1s0.nmconnection', 'eth10.nmconnection']);
    expect(read('enp1s0.100.nmconnection')).toMatch(/interface-name=enp1s0\.100\n[^]*parent=enp1s0\n/);
    expect(read('enp1s0.nmconnection')).toContain('dns-search=eth1.example.com;\n');
    expect(read('eth10.nmconnection')).toContain('interface-name=eth10\n');
  });

  it('keeps a name that would become too long for the kernel', async () => {
    const yaml = 'interfaces: [{name: eth0.1234, type: vlan, vlan: {base-iface: eth0, id: 1234}}]';
    await putHosts({ yaml, map: { '02:00:00:00:00:01': 'eth0' } });
    putInterface('enp175s0f0np0', '02:00:00:00:00:01');
    boot(shell);
    expect(list()).toEqual(['eth0.1234.nmconnection']);
    expect(read('eth0.1234.nmconnection')).toMatch(/interface-name=eth0\.1234\n[^]*parent=enp175s0f0np0\n/);
  });

  it('knows a device by its own address, not by one that it shares', async () => {
    await putHosts({ map: { '02:00:00:00:00:01': 'eth0', '02:00:00:00:00:02': 'eth1' } });
    putInterface('a-bridge', '02:00:00:00:00:01', { virtual: true });
    putInterface('ens3', '02:00:00:00:00:01', { permanent: '02:00:00:00:00:01' });
    putInterface('ens4', '02:00:00:00:00:01', { permanent: '02:00:00:00:00:02' });
    boot(shell);
    expect(list()).toEqual(['bond0.nmconnection', 'ens3.nmconnection', 'ens4.nmconnection']);
  });

  it('says which interface is not there, and goes on with the others', async () => {
    await putHosts({ map: { '02:00:00:00:00:01': 'eth0', '02:00:00:00:00:02': 'eth1' } });
    putInterface('ens3', '02:00:00:00:00:01');
    expect(boot(shell)).toContain('no interface has the address 02:00:00:00:00:02 of eth1');
    expect(list()).toEqual(['bond0.nmconnection', 'ens3.nmconnection', 'eth1.nmconnection']);
  });

  it('changes nothing on a machine that is none of the hosts, or without hosts', async () => {
    putInterface('ens3', '02:00:00:00:00:09');
    expect(boot(shell)).toBe('');
    await putHosts({ map: { '02:00:00:00:00:01': 'eth0' } });
    expect(boot(shell)).toContain('no configuration names an interface of this machine');
    expect(list()).toEqual([]);
  });

  it('serves a RAM disk too, once its devices are there, and only once', async () => {
    put('/etc/initrd-release', '');
    await putHosts({ yaml: plain('eth0'), map: { '02:00:00:00:00:01': 'eth0' } });
    const run = '/run/NetworkManager/system-connections';
    boot(shell);
    expect(list(run)).toEqual([]);
    putInterface('ens3', '02:00:00:00:00:01');
    boot(shell);
    expect([list(run), list()]).toEqual([['ens3.nmconnection'], []]);
    rmSync(join(root, run), { recursive: true });
    expect(boot(shell)).toBe('');
    expect(list(run)).toEqual([]);
    rmSync(join(root, '/etc/initrd-release'));
    boot(shell);
    expect(list()).toEqual(['ens3.nmconnection']);
  });

  it('ends alone when it is sourced, as dracut does', async () => {
    await putHosts({ yaml: plain('eth0'), map: { '02:00:00:00:00:01': 'eth0' } });
    putInterface('ens3', '02:00:00:00:00:01');
    put(bootHookPath, bootScript, 0o755);
    const { stdout } = spawnSync(shell, ['-euc', 'ASSISTED_ROOT="$1"; for round in 1 2; do . "$2"; done; echo "goes on ${target:-unset}"', shell, root, join(root, bootHookPath)], { env: { PATH: '/usr/bin:/bin' }, encoding: 'utf8' });
    expect(stdout).toBe('goes on unset\n');
    expect(list()).toEqual(['ens3.nmconnection']);
  });
});

describe('the unit of the boot script', () => {
  it('comes before NetworkManager', () => {
    expect(bootUnit.name).toBe('pre-network-manager-config.service');
    expect(bootUnit.contents).toMatch(/Before=.*NetworkManager\.service.*dracut-initqueue\.service/);
    expect(bootUnit.contents).toContain('ExecStart=/bin/bash /usr/local/bin/pre-network-manager-config.sh\n');
  });
});
