import { describe, expect, it } from 'vitest';
import type { UpdateClusterIntent } from '../../../src/domain/cluster/intents';
import { hostId, makeInventory, Story, toInstalling, toReady } from './story';

const update = (fields: Omit<UpdateClusterIntent, 'operation'>): UpdateClusterIntent => ({ operation: 'updateCluster', ...fields });

describe('what may be changed when', () => {
  it('is a Conflict while installing', () => {
    expect(toInstalling().try(update({ baseDnsDomain: 'other.com' }))).toMatchObject({ type: 'Conflict' });
    expect(toReady().do({ operation: 'install' }).try(update({ baseDnsDomain: 'other.com' }))).toMatchObject({ type: 'Conflict' });
  });

  it('wrong input is Invalid whatever the state', () => {
    expect(toInstalling().try(update({ name: 'Not A Name' }))).toMatchObject({ type: 'Invalid' });
    expect(toInstalling().try(update({ httpProxy: 'https://proxy' }))).toMatchObject({ type: 'Invalid' });
  });

  it('the state is told before what is wrong with names and hosts', () => {
    expect(toInstalling().try(update({ baseDnsDomain: 'x' }))).toMatchObject({ type: 'Conflict' });
    expect(toInstalling().try(update({ additionalNtpSource: 'not a source' }))).toMatchObject({ type: 'Conflict' });
    expect(toReady().try(update({ baseDnsDomain: 'x' }))).toMatchObject({ type: 'Invalid' });
  });

  it('changes plain fields and what follows from them', () => {
    const story = toReady().do(update({ name: 'renamed', additionalNtpSource: 'ntp1.example,ntp2.example', httpProxy: 'http://proxy:3128', hyperthreading: 'none' }));
    expect(story.snapshot.cluster).toMatchObject({ name: 'renamed', httpProxy: 'http://proxy:3128', httpsProxy: 'http://proxy:3128', hyperthreading: 'none' });
    expect(JSON.parse(story.snapshot.cluster.featureUsage)).toEqual({
      'Additional NTP Source': { name: 'Additional NTP Source', data: { source_count: 2 } },
      Proxy: { name: 'Proxy', data: { http_proxy: 1, https_proxy: 1 } },
    });
    expect(story.events.some((event) => event.name === 'proxy_changed')).toBe(true);
    expect(story.evaluation.wanted.displayName).toBe('renamed');
  });

  it('waits for input again without a pull secret', () => {
    expect(toReady().do(update({ pullSecretSet: false })).status).toBe('pending-for-input');
  });

  it('refuses the DNS name of an existing cluster\'s API for a new cluster', () => {
    expect(toReady().try(update({ apiVipDnsName: 'api.example.com' }))).toMatchObject({ type: 'Invalid' });
  });
});

describe('virtual addresses set by the user', () => {
  it.each<[string, Omit<UpdateClusterIntent, 'operation'>]>([
    ['both the same', { apiVip: '192.168.126.100', ingressVip: '192.168.126.100' }],
    ['in no network of the hosts', { apiVip: '10.0.0.5' }],
    ['in two networks', { apiVip: '192.168.126.100', ingressVip: '10.0.0.5' }],
    ['machine network given besides', { machineNetworkCidr: '192.168.126.0/24' }],
  ])('%s is Invalid', (_name, fields) => {
    const story = new Story().discover();
    expect(story.try(update(fields))).toMatchObject({ type: 'Invalid' });
  });

  it('must be free where the hosts looked', () => {
    const story = new Story().discover();
    story.setFacts(1, { freeAddresses: [{ network: '192.168.126.0/24', free_addresses: ['192.168.126.100'] }] });
    expect(story.try(update({ apiVip: '192.168.126.102' }))).toMatchObject({ type: 'Invalid', reason: expect.stringContaining('in use') });
    expect(story.try(update({ apiVip: '192.168.126.100' }))).toBeUndefined();
  });

  it('are taken as they are before any host has told its networks', () => {
    expect(new Story().try(update({ apiVip: '10.0.0.5', ingressVip: '10.0.0.6' }))).toBeUndefined();
  });

  it('decide the machine network, also when they are taken away', () => {
    const story = new Story().discover().setVips();
    expect(story.snapshot.cluster.machineNetworkCidrUpdatedAt).toEqual(story.now);
    story.do(update({ apiVip: '', ingressVip: '' }));
    expect(story.snapshot.cluster.machineNetworkCidr).toBe('');
    expect(story.status).toBe('pending-for-input');
  });
});

describe('virtual addresses leased by DHCP', () => {
  const dhcp = (): Story => new Story({ vipDhcpAllocation: true }).discover();

  it('cannot be set, and follow the machine network', () => {
    const story = dhcp();
    expect(story.snapshot.cluster.machineNetworkCidr).toBe('192.168.126.0/24');
    expect(story.status).toBe('insufficient');
    expect(story.try(update({ apiVip: '192.168.126.100' }))).toMatchObject({ type: 'Invalid' });
    story.fact({ kind: 'vipsLeased', apiVip: '192.168.126.100', ingressVip: '192.168.126.101', apiVipLease: 'a', ingressVipLease: 'b' });
    expect(story.status).toBe('ready');
    story.edit((host) => ({ ...host, facts: { ...host.facts, inventory: { ...host.facts.inventory, interfaces: [] } } }));
    story.do(update({ machineNetworkCidr: '192.168.200.0/24' }));
    expect(story.snapshot.cluster).toMatchObject({ machineNetworkCidr: '192.168.200.0/24', apiVip: '', ingressVip: '', apiVipLease: '' });
  });

  it('exist in IPv4 networks of a sane size only', () => {
    for (const machineNetworkCidr of ['fd00::/64', '192.168.126.7/24', '192.168.126.0/30', '0.0.0.0/0']) {
      expect(dhcp().try(update({ machineNetworkCidr })), machineNetworkCidr).toMatchObject({ type: 'Invalid' });
    }
  });

  it('are forgotten when the mode changes', () => {
    const story = toReady().do(update({ vipDhcpAllocation: true }));
    expect(story.snapshot.cluster).toMatchObject({ apiVip: '', ingressVip: '', vipDhcpAllocation: true });
    expect(story.try(update({ vipDhcpAllocation: false, apiVip: '192.168.126.100', ingressVip: '192.168.126.101' }))).toBeUndefined();
    expect(story.status).toBe('ready');
  });

  it('do not move once the installation has begun', () => {
    const story = dhcp().fact({ kind: 'vipsLeased', apiVip: '192.168.126.100', ingressVip: '192.168.126.101', apiVipLease: 'a', ingressVipLease: 'b' }).install();
    story.fact({ kind: 'vipsLeased', apiVip: '192.168.126.102', ingressVip: '192.168.126.101', apiVipLease: 'a', ingressVipLease: 'b' });
    expect(story.snapshot.cluster.apiVip).toBe('192.168.126.100');
  });
});

describe('networks of pods and services', () => {
  it.each<[string, Omit<UpdateClusterIntent, 'operation'>]>([
    ['not the address of a network', { clusterNetworkCidr: '10.128.0.1/14' }],
    ['too small', { serviceNetworkCidr: '172.30.0.0/26' }],
    ['unspecified', { clusterNetworkCidr: '0.0.0.0/8' }],
    ['overlapping', { serviceNetworkCidr: '10.128.0.0/16' }],
    ['over the machine network', { clusterNetworkCidr: '192.168.0.0/16' }],
    ['no room for the hosts', { clusterNetworkCidr: '10.128.0.0/23', clusterNetworkHostPrefix: 24 }],
  ])('%s is Invalid', (_name, fields) => {
    expect(toReady().try(update(fields))).toMatchObject({ type: 'Invalid' });
  });
});

describe('networking managed by the user', () => {
  it('clears what the service managed', () => {
    const story = toReady().do(update({ userManagedNetworking: true }));
    expect(story.snapshot.cluster).toMatchObject({ userManagedNetworking: true, apiVip: '', ingressVip: '', machineNetworkCidr: '', vipDhcpAllocation: false });
    for (const fields of [{ apiVip: '192.168.126.100' }, { vipDhcpAllocation: true }, { machineNetworkCidr: '192.168.126.0/24' }]) {
      expect(story.try(update(fields))).toMatchObject({ type: 'Invalid' });
    }
  });

  it('is what a single node has', () => {
    const story = new Story({ highAvailabilityMode: 'None', userManagedNetworking: true }).discover(1);
    expect(story.try(update({ userManagedNetworking: false }))).toMatchObject({ type: 'Invalid' });
    expect(story.try(update({ hostsRoles: [{ id: hostId(1), role: 'worker' }] }))).toMatchObject({ type: 'Invalid' });
    expect(story.try(update({ machineNetworkCidr: '192.168.126.0/24' }))).toBeUndefined();
  });
});

describe('single hosts', () => {
  it('get roles, names, disks and pools', () => {
    const story = toReady();
    story.setFacts(1, { inventory: { ...makeInventory(1, story.now), disks: [...(makeInventory(1, story.now).disks ?? []), { id: 'second', name: 'sdb', drive_type: 'SSD', size_bytes: 300_000_000_000 }] } });
    story.do(update({
      hostsRoles: [{ id: hostId(1), role: 'worker' }], hostsNames: [{ id: hostId(2), hostname: 'other.example.com' }],
      disksSelected: [{ id: hostId(1), disks: [{ id: 'second', role: 'install' }] }], hostsMachineConfigPoolNames: [{ id: hostId(3), name: 'pool' }],
    }));
    expect(story.host(1)).toMatchObject({ role: 'worker', installationDiskId: 'second', installationDiskPath: '/dev/sdb' });
    expect(story.host(2).requestedHostname).toBe('other.example.com');
    expect(story.host(3).machineConfigPoolName).toBe('pool');
    expect(story.status).toBe('insufficient');
  });

  it.each<[string, Omit<UpdateClusterIntent, 'operation'>, string]>([
    ['unknown host', { hostsNames: [{ id: hostId(9), hostname: 'x' }] }, 'NotFound'],
    ['bad name', { hostsNames: [{ id: hostId(1), hostname: 'Not_A_Name' }] }, 'Invalid'],
    ['bootstrap is no choice', { hostsRoles: [{ id: hostId(1), role: 'bootstrap' }] }, 'Invalid'],
    ['no disk', { disksSelected: [{ id: hostId(1), disks: [] }] }, 'Conflict'],
    ['two disks', { disksSelected: [{ id: hostId(1), disks: [{ id: 'a', role: 'install' }, { id: 'b', role: 'install' }] }] }, 'Conflict'],
    ['unknown disk', { disksSelected: [{ id: hostId(1), disks: [{ id: 'nothing', role: 'install' }] }] }, 'Conflict'],
  ])('%s', (_name, fields, type) => {
    expect(toReady().try(update(fields))).toMatchObject({ type });
  });

  it('are out of reach in other states, and nothing of the change is kept', () => {
    const story = toReady();
    story.edit((host) => (host.id === hostId(2) ? { ...host, status: 'disabled' } : host));
    expect(story.try(update({ hostsRoles: [{ id: hostId(1), role: 'worker' }, { id: hostId(2), role: 'worker' }] }))).toMatchObject({ type: 'Conflict' });
    expect(story.host(1).role).toBe('auto-assign');
  });
});

describe('operators', () => {
  it('are replaced with what they need, without status', () => {
    const story = toReady().do(update({ olmOperators: [{ name: 'cnv', properties: '' }] }));
    expect(story.snapshot.operators.map((operator) => operator.name)).toEqual(['console', 'cnv', 'lso']);
    expect(story.do(update({ olmOperators: [] })).snapshot.operators.map((operator) => operator.name)).toEqual(['console']);
    expect(story.try(update({ olmOperators: [{ name: 'acme', properties: '' }] }))).toMatchObject({ type: 'Invalid' });
  });
});
