import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Cluster } from '../../../src/domain/cluster/model';
import { vipMacs } from '../../../src/domain/network/vip-macs';
import type { ArtefactSite } from '../../../src/installer/artefact-generator';
import { editRole } from '../../../src/installer/edits/edit-role';
import { findIgnitionFileText } from '../../../src/installer/ignition/read-file';
import { clusterId, makeHost, makeInventory, makeSnapshot } from '../../domain/validations/fixtures';

const withIpv6 = (position: number, addresses: string[]) =>
  makeHost(position, {}, { inventory: makeInventory(position, { interfaces: [{ name: 'eth0', ipv4_addresses: [], ipv6_addresses: addresses }] }) });
const pathsOf = (role: 'master' | 'worker', { cluster = {}, site = {}, hosts = [makeHost(1)] }: { cluster?: Partial<Cluster>; site?: ArtefactSite; hosts?: ReturnType<typeof makeHost>[] }) => {
  const edited = editRole({ ignition: { version: '3.1.0' } }, role, makeSnapshot(hosts, cluster), site);
  return { edited, paths: (edited.storage?.files ?? []).map(({ path }) => path) };
};

describe('the configuration of a role', () => {
  it('stays as it is where nothing asks for more', () => {
    expect(pathsOf('master', {}).edited).toEqual({ ignition: { version: '3.1.0' } });
  });

  it('gives the masters the leases of the virtual addresses', () => {
    const cluster = { vipDhcpAllocation: true, apiVipLease: 'lease { api }', ingressVipLease: 'lease { ingress }' };
    const { edited, paths } = pathsOf('master', { cluster });
    expect(paths).toEqual(['/etc/keepalived/unsupported-monitor.conf', '/etc/keepalived/lease-api', '/etc/keepalived/lease-ingress']);
    expect(parse(findIgnitionFileText(edited, '/etc/keepalived/unsupported-monitor.conf') ?? '')).toEqual({
      'api-vip': { name: 'api', 'mac-address': vipMacs(clusterId).api, 'ip-address': '192.168.10.100' },
      'ingress-vip': { name: 'ingress', 'mac-address': vipMacs(clusterId).ingress, 'ip-address': '192.168.10.101' },
    });
    expect(findIgnitionFileText(edited, '/etc/keepalived/lease-api')).toBe('lease { api }');
    expect(pathsOf('worker', { cluster }).paths).toEqual([]);
    expect(pathsOf('master', { cluster: { vipDhcpAllocation: true } }).paths).toEqual(['/etc/keepalived/unsupported-monitor.conf']);
  });

  it('identifies the hosts to DHCPv6 when all of them have IPv6', () => {
    const identity = '/etc/NetworkManager/conf.d/01-ipv6.conf';
    expect(pathsOf('worker', { hosts: [withIpv6(1, ['fd00::1/64']), withIpv6(2, ['fd00::2/64'])] }).paths).toEqual([identity]);
    expect(pathsOf('worker', { hosts: [withIpv6(1, ['fd00::1/64']), withIpv6(2, [])] }).paths).toEqual([]);
  });

  it('leads to a service that has neither a public certificate nor a name in DNS', () => {
    const { edited, paths } = pathsOf('worker', { site: { serviceCaCertificate: 'PEM', serviceIps: ['10.0.0.1', '10.0.0.2'] } });
    expect(paths).toEqual(['/etc/assisted-service/service-ca-cert.crt', '/etc/hosts']);
    const [entries] = edited.storage?.files?.find(({ path }) => path === '/etc/hosts')?.append ?? [];
    expect(decodeURIComponent(entries?.source ?? '')).toBe('data:,10.0.0.1 assisted-api.local.openshift.io\n10.0.0.2 assisted-api.local.openshift.io\n');
  });
});
