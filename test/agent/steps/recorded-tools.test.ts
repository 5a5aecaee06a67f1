import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { ToolCall } from '../../../src/agent/machine/machine';
import { checkDhcpLease } from '../../../src/domain/network/dhcp-lease';
import { FixtureMachine, type MachineTree, type Recorded } from '../fixture-machine';
import { serverTree } from '../server';
import { play } from './play';

const machines: FixtureMachine[] = [];
const servers: Server[] = [];
afterEach(() => {
  machines.splice(0).forEach((machine) => machine.remove());
  servers.splice(0).forEach((server) => (server.closeAllConnections(), server.close()));
});

/** The rack server with more programs. */
function server(programs: MachineTree['programs'] = {}, files: MachineTree['files'] = {}): FixtureMachine {
  const tree = serverTree();
  const machine = new FixtureMachine({ ...tree, files: { ...tree.files, ...files }, programs: { ...tree.programs, ...programs } });
  machines.push(machine);
  return machine;
}
const called = (machine: FixtureMachine, program: string): string[] => machine.calls.filter(([name]) => name === program).map((call) => call.join(' '));

const pinged = `PING 192.168.126.11 (192.168.126.11) from 192.168.126.10 eno1: 56(84) bytes of data.

--- 192.168.126.11 ping statistics ---
10 packets transmitted, 9 received, 10% packet loss, time 1824ms
rtt min/avg/max/mdev = 0.243/0.318/0.402/0.048 ms
`;
const silent = `PING 10.9.9.9 (10.9.9.9) from 192.168.126.10 eno1: 56(84) bytes of data.

--- 10.9.9.9 ping statistics ---
10 packets transmitted, 0 received, 100% packet loss, time 1840ms
`;
const arpinged = `ARPING 192.168.126.11 from 192.168.126.10 eno1
Unicast reply from 192.168.126.11 [52:54:00:AA:BB:0C]  0.787ms
Unicast reply from 192.168.126.11 [52:54:00:AA:BB:C]  0.769ms
Sent 3 probes (1 broadcast(s))
Received 2 response(s)
`;

describe('connectivity-check', () => {
  const other = { host_id: 'd1a5c8f0-0000-0000-0000-000000000001', nics: [{ name: 'eno1', mac: '52:54:00:aa:bb:0c', ip_addresses: ['192.168.126.11', '10.9.9.9'] }] };
  const ping = (args: readonly string[]): Recorded => (args.includes('192.168.126.11') ? { stdout: pinged } : { stdout: silent, code: 1 });

  it('tells who answers on the link and through the network, with times and losses', async () => {
    const machine = server({ ping, arping: () => ({ stdout: arpinged }) });
    const { json } = await play('connectivity-check', [other], machine);
    const reached = { remote_ip_address: '192.168.126.11', successful: true };
    expect(json).toEqual({
      remote_hosts: [{
        host_id: other.host_id,
        l2_connectivity: [{ outgoing_nic: 'eno1', outgoing_ip_address: '192.168.126.10', ...reached, remote_mac: '52:54:00:aa:bb:0c' }],
        l3_connectivity: [
          { outgoing_nic: 'eno1', ...reached, average_rtt_ms: 0.318, packet_loss_percentage: 10 },
          // Behind a router: tried from each interface with an address, and never asked for on a link.
          { outgoing_nic: 'bond0.100', remote_ip_address: '10.9.9.9', successful: false, average_rtt_ms: 0, packet_loss_percentage: 100 },
          { outgoing_nic: 'eno1', remote_ip_address: '10.9.9.9', successful: false, average_rtt_ms: 0, packet_loss_percentage: 100 },
        ],
      }],
    });
    expect(called(machine, 'arping')).toEqual(['arping -c 3 -w 3 -I eno1 192.168.126.11']);
  });

  it.each([['another machine', arpinged.replaceAll('AA:BB', 'AA:CC')], ['two machines', `${arpinged}Unicast reply from 192.168.126.11 [52:54:00:00:00:01]  1ms\n`], ['nobody', 'Sent 3 probes\nReceived 0 response(s)\n']])(
    'does not call a link connected on which %s answers',
    async (_who, stdout) => {
      const { json } = await play('connectivity-check', [{ ...other, nics: [{ ...other.nics[0], ip_addresses: ['192.168.126.11'] }] }], server({ ping, arping: () => ({ stdout, code: 1 }) }));
      expect(json).toMatchObject({ remote_hosts: [{ l2_connectivity: [{ successful: false }], l3_connectivity: [{ successful: true }] }] });
    },
  );

  it('asks the kernel for neighbours of IPv6 addresses', async () => {
    const ip = serverTree().programs?.['ip'];
    const machine = server({
      ping, arping: () => ({ code: 1 }),
      ip: (args, call) => (args.includes('neighbour') ? { stdout: '[{"dst":"2001:db8::11","lladdr":"52:54:00:AA:BB:0C","state":["REACHABLE"]}]' } : (ip?.(args, call) ?? {})),
    });
    const { json } = await play('connectivity-check', [{ ...other, nics: [{ ...other.nics[0], ip_addresses: ['2001:db8::11'] }] }], machine);
    expect(json).toMatchObject({ remote_hosts: [{ l2_connectivity: [{ outgoing_ip_address: '2001:db8::10', successful: true }] }] });
    expect(called(machine, 'arping')).toEqual([]);
  });
});

describe('free-network-addresses', () => {
  it('are those nmap does not find up, without the own one and those of the network itself', async () => {
    const machine = server({ nmap: () => ({ stdout: '# Nmap 7.70 scan initiated\nHost: 192.168.126.1 ()\tStatus: Up\nHost: 192.168.126.10 ()\tStatus: Up\nHost: 192.168.126.77 ()\tStatus: Up\n# Nmap done\n' }) });
    const { json } = await play('free-network-addresses', ['192.168.126.0/24'], machine);
    const [found] = json as { network: string; free_addresses: string[] }[];
    expect([found?.network, found?.free_addresses.length, found?.free_addresses[0], found?.free_addresses.at(-1)]).toEqual(['192.168.126.0/24', 251, '192.168.126.2', '192.168.126.254']);
    expect(called(machine, 'nmap')).toEqual(['nmap -sn -PR -n -oG - -e eno1 192.168.126.0/24']);
  });

  it('of a large network are those of the part around the own address', async () => {
    const machine = server({ nmap: () => ({}) });
    const { json } = await play('free-network-addresses', ['10.1.0.0/16'], machine);
    const [found] = json as { free_addresses: string[] }[];
    // 10.1.0.0/22 without the network's address and the own one; 10.1.3.255 is an address like any other in a /16.
    expect([found?.free_addresses.length, found?.free_addresses.at(-1)]).toEqual([1022, '10.1.3.255']);
    expect(called(machine, 'nmap')[0]).toContain('10.1.0.0/22');
  });

  it('fails for a network the machine is not in', async () => {
    await expect(play('free-network-addresses', ['172.16.0.0/24'], server({ nmap: () => ({}) }))).rejects.toThrow('no interface of this machine is in the network 172.16.0.0/24');
  });
});

describe('ntp-synchronizer', () => {
  const sources = `MS Name/IP address         Stratum Poll Reach LastRx Last sample
===============================================================================
^* time.example.com              2   6   377    32   -177us[ -215us] +/-   21ms
^+ 10.1.0.9                      3   6   377    31   +100us[ +100us] +/-   41ms
^- 10.1.0.8                      3   6   377    31   +100us[ +100us] +/-   41ms
^? 10.1.0.7                      0   6     0     -     +0ns[   +0ns] +/-    0ns
^x 10.1.0.6                      1   6   377    31   +100ms[ +100ms] +/-   41ms
^~ 10.1.0.5                      1   6   377    31   +100ms[ +100ms] +/-   41ms
`;

  it('gives chrony the sources it lacks and tells the state of all', async () => {
    const machine = server({ chronyc: (args) => (args.includes('sources') ? { stdout: sources } : {}) });
    const { json } = await play('ntp-synchronizer', { ntp_source: '10.1.0.9, clock.rack.example.com,--evil' }, machine);
    expect((json as { ntp_sources: { source_state: string }[] }).ntp_sources.map(({ source_state: state }) => state)).toEqual(['synced', 'combined', 'not_combined', 'unreachable', 'error', 'variable']);
    expect(called(machine, 'chronyc').filter((call) => call.includes('add'))).toEqual(['chronyc add server clock.rack.example.com iburst']);
  });

  it('fails when chronyd does not run', async () => {
    const { exitCode, error } = await play('ntp-synchronizer', { ntp_source: '' }, server({ chronyc: () => ({ code: 1, stdout: '506 Cannot talk to daemon\n' }) }));
    expect([exitCode, error]).toEqual([1, 'chronyc ended with code 1: 506 Cannot talk to daemon']);
  });
});

describe('installation-disk-speed-check', () => {
  const fio = (): Recorded => ({ stdout: `fio: note\n${JSON.stringify({ jobs: [{ sync: { lat_ns: { percentile: { '99.000000': 7_438_336 } } } }] })}` });

  it('is fio\'s on an empty disk, which stays so', async () => {
    const machine = server({ fio });
    const { json } = await play('installation-disk-speed-check', { path: '/dev/disk/by-id/nvme-eui.0025385' }, machine);
    expect(json).toEqual({ io_sync_duration: 7, path: '/dev/disk/by-id/nvme-eui.0025385' });
    expect(called(machine, 'fio')[0]).toContain(`--filename=${machine.at('/dev/nvme0n1')}`);
    expect(called(machine, 'fio')[0]).toContain('--zero_buffers=1');
  });

  it('is measured with what is there on a disk that holds something', async () => {
    const machine = server({ fio });
    const before = readFileSync(machine.at('/dev/sda'));
    const { json } = await play('installation-disk-speed-check', { path: '/dev/sda' }, machine);
    expect(json).toMatchObject({ path: '/dev/sda' });
    expect(called(machine, 'fio')).toEqual([]);
    expect(readFileSync(machine.at('/dev/sda')).equals(before)).toBe(true);
  });

  it('touches a file only in a dry run', async () => {
    const machine = server({ fio });
    const { json, lines } = await play('installation-disk-speed-check', { path: '/dev/nvme0n1' }, machine, { dryRun: true });
    expect([(json as { path: string }).path, lines, called(machine, 'fio')]).toEqual(['/dev/nvme0n1', ['dry run: a file is measured instead of /dev/nvme0n1'], []]);
  });

  it('names the disk when it fails, so that the service knows it was tried', async () => {
    const { exitCode, json, error } = await play('installation-disk-speed-check', { path: '/dev/nvme0n1' }, server({ fio: () => ({ code: 1, stderr: 'fio: no space' }) }));
    expect([exitCode, json, error]).toEqual([1, { io_sync_duration: 0, path: '/dev/nvme0n1' }, 'fio ended with code 1: fio: no space']);
  });
});

describe('container-image-availability by podman', () => {
  it('tells of each image whether it was pulled', async () => {
    const podman = (args: readonly string[]): Recorded => {
      if (args[1] === 'exists') return { code: args[2] === 'quay.io/a/present:1' ? 0 : 1 };
      if (args[1] === 'inspect') return { stdout: '400000000\n' };
      return args.at(-1) === 'quay.io/a/gone:1' ? { code: 125, stderr: 'manifest unknown' } : { stdout: 'abc' };
    };
    const machine = server({ podman }, { '/root/.docker/config.json': '{"auths":{}}' });
    const { json, lines } = await play('container-image-availability', { images: ['quay.io/a/present:1', 'quay.io/a/new:1', 'quay.io/a/gone:1'], timeout: 60 }, machine);
    const { images } = json as { images: { name: string; result: string; size_bytes: number }[] };
    expect(images.map(({ result, size_bytes: size }) => [result, size])).toEqual([['success', 400_000_000], ['success', 400_000_000], ['failure', 0]]);
    expect(lines).toEqual(['quay.io/a/gone:1 was not pulled: podman ended with code 125: manifest unknown']);
    expect(called(machine, 'podman').find((call) => call.includes('new') && call.includes('pull'))).toContain(`--authfile=${machine.at('/root/.docker/config.json')}`);
  });
});

describe('dhcp-lease-allocate', () => {
  const request = { interface: 'eno1', api_vip_mac: '00:1a:4a:b5:4d:cc', ingress_vip_mac: '00:1a:4a:83:b1:f7', api_vip_lease: 'lease {\n  interface "eno1";\n  fixed-address 192.168.126.100;\n}', ingress_vip_lease: '' };

  it('has dhclient ask under the hardware address of each virtual address, and takes its interface away again', async () => {
    const shown: string[] = [];
    const dhclient = (args: readonly string[]): Recorded => {
      const file = args[args.indexOf('-lf') + 1] ?? '';
      shown.push(readFileSync(file, 'utf8'));
      const link = args.at(-1) ?? '';
      writeFileSync(file, `lease {\n  interface "${link}";\n  fixed-address 192.168.126.${link === 'api-vip' ? 100 : 101};\n  expire 3 2026/11/25 10:00:00;\n}\n`);
      return {};
    };
    const tree = serverTree();
    const machine = server({ dhclient, ip: (args, call) => (args[0] === 'link' ? {} : (tree.programs?.['ip']?.(args, call) ?? {})) });
    const { json } = await play('dhcp-lease-allocate', request, machine);
    expect(json).toMatchObject({ api_vip_address: '192.168.126.100', ingress_vip_address: '192.168.126.101' });
    expect((json as { api_vip_lease: string }).api_vip_lease).toMatch(/^lease \{\n {2}interface "eno1";\n {2}fixed-address 192.168.126.100;/);
    expect(shown).toEqual(['lease {\n  interface "api-vip";\n  fixed-address 192.168.126.100;\n}\n', '']);
    const links = called(machine, 'ip').filter((call) => call.startsWith('ip link'));
    expect(links).toContain('ip link add link eno1 name api-vip address 00:1a:4a:b5:4d:cc type macvlan mode bridge');
    expect([links.filter((call) => call === 'ip link delete api-vip').length, links.at(-1)]).toEqual([2, 'ip link delete ingress-vip']);
  });

  const links = (args: readonly string[], call: ToolCall): Recorded => (args[0] === 'link' ? {} : (serverTree().programs?.['ip']?.(args, call) ?? {}));

  it.each([['udhcpc', []], ['busybox', ['udhcpc']]])('has %s ask where dhclient is not, and writes the lease down as dhclient would', async (program, applet) => {
    const client = (args: readonly string[]): Recorded => ({ stderr: `udhcpc: started, v1.35.0\nudhcpc: lease of 192.168.126.${args.includes('api-vip') ? 100 : 101} obtained${args.includes('api-vip') ? ' from 192.168.126.1' : ''}, lease time 7200\n` });
    const machine = server({ [program]: client, ip: links });
    const { json } = await play('dhcp-lease-allocate', request, machine);
    expect(json).toMatchObject({ api_vip_address: '192.168.126.100', ingress_vip_address: '192.168.126.101' });
    const { api_vip_lease: lease, ingress_vip_lease: other } = json as { api_vip_lease: string; ingress_vip_lease: string };
    expect(lease.split('\n').map((line) => line.trim())).toEqual([
      'lease {', 'interface "eno1";', 'fixed-address 192.168.126.100;', 'option dhcp-lease-time 7200;', 'option dhcp-server-identifier 192.168.126.1;',
      'renew 6 2026/11/21 13:00:00;', 'rebind 6 2026/11/21 13:45:00;', 'expire 6 2026/11/21 14:00:00;', '}',
    ]);
    expect([checkDhcpLease(lease, '192.168.126.100'), checkDhcpLease(other, '192.168.126.101')]).toEqual([undefined, undefined]);
    const common = [program, ...applet, '-f -q -n -C -t 5 -T 3 -s /bin/true -i'].join(' ');
    expect(called(machine, program)).toEqual([`${common} api-vip -r 192.168.126.100`, `${common} ingress-vip`]);
  });

  it.each([
    ['dhclient', { code: 2, stderr: 'No DHCPOFFERS received.' }, 'dhclient ended with code 2: No DHCPOFFERS received.'],
    ['dhclient', {}, 'dhclient wrote down no lease'],
    ['udhcpc', { code: 1, stderr: 'udhcpc: no lease, failing' }, 'udhcpc ended with code 1: udhcpc: no lease, failing'],
    ['udhcpc', {}, 'udhcpc told of no lease'],
    ['busybox', { code: 127, stderr: 'udhcpc: applet not found' }, 'udhcpc ended with code 127: udhcpc: applet not found'],
  ])('says why %s got none (%j), and takes the interface away', async (program, recorded, reason) => {
    const machine = server({ [program]: () => recorded, ip: links });
    await expect(play('dhcp-lease-allocate', { ...request, api_vip_lease: '' }, machine)).rejects.toThrow(`no lease for 00:1a:4a:b5:4d:cc on eno1: ${reason}`);
    expect(called(machine, 'ip').at(-1)).toBe('ip link delete api-vip');
  });

  it('takes nothing for an interface that is no name of one', async () => {
    await expect(play('dhcp-lease-allocate', { ...request, interface: '-force' }, server({ dhclient: () => ({}) }))).rejects.toThrow('the step has no request in its arguments');
  });
});

describe('api-vip-connectivity-check', () => {
  async function serve(status: number, body: string): Promise<string> {
    const http = createServer((_request, response) => response.writeHead(status).end(body));
    servers.push(http);
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    const address = http.address();
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/config/worker`;
  }
  const ignition = '{"ignition":{"version":"3.1.0"}}';

  it.each([
    ['an ignition configuration', 200, ignition, false, true], ['something else', 200, '<html>', false, false], ['a failure', 500, ignition, false, false],
    ['an ignition configuration from outside of its networks', 200, ignition, true, false],
  ])('finds %s (%i) as it is', async (_what, status, body, verify, success) => {
    const { json } = await play('api-vip-connectivity-check', { url: await serve(status, body), verify_cidr: verify }, server());
    expect(json).toEqual({ is_success: success });
  });

  it('finds nobody where nobody listens, and says so in its log', async () => {
    const { json, lines } = await play('api-vip-connectivity-check', { url: 'http://127.0.0.1:1/config/worker', verify_cidr: false }, server());
    expect([json, lines.length]).toEqual([{ is_success: false }, 1]);
  });
});
