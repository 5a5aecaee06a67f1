import { describe, expect, it } from 'vitest';
import type { Cluster } from '../../../src/domain/cluster/model';
import type { Host } from '../../../src/domain/host/model';
import { createValidationContext } from '../../../src/domain/validations/context';
import { evaluateClusterValidations } from '../../../src/domain/validations/evaluate-cluster';
import { gib, makeHost, makeHosts, makeInventory, makeSilentHost, makeSnapshot, now, settings } from './fixtures';

function statusOf(id: string, cluster: Partial<Cluster> = {}, hosts: Host[] = makeHosts()): string | undefined {
  const results = evaluateClusterValidations(createValidationContext(makeSnapshot(hosts, cluster), now, settings));
  return Object.values(results).flat().find((result) => result.id === id)?.status;
}

const single: Partial<Cluster> = { highAvailabilityMode: 'None', userManagedNetworking: true };

describe('validations of a cluster', () => {
  it('all succeed for three good hosts, by category and id', () => {
    const results = evaluateClusterValidations(createValidationContext(makeSnapshot(), now, settings));
    expect(Object.values(results).flat().filter(({ status }) => status !== 'success')).toEqual([]);
    expect(Object.fromEntries(Object.entries(results).map(([category, list]) => [category, list.map(({ id }) => id)]))).toEqual({
      configuration: ['pull-secret-set'],
      'hosts-data': ['all-hosts-are-ready-to-install', 'sufficient-masters-count'],
      network: [
        'api-vip-defined', 'api-vip-valid', 'cluster-cidr-defined', 'dns-domain-defined', 'ingress-vip-defined', 'ingress-vip-valid', 'machine-cidr-defined',
        'machine-cidr-equals-to-calculated-cidr', 'network-prefix-valid', 'no-cidrs-overlapping', 'ntp-server-configured', 'service-cidr-defined',
      ],
      operators: ['cnv-requirements-satisfied', 'lso-requirements-satisfied', 'ocs-requirements-satisfied'],
    });
  });

  it.each([
    ['machine-cidr-defined', 'machineNetworkCidr'], ['cluster-cidr-defined', 'clusterNetworkCidr'], ['service-cidr-defined', 'serviceNetworkCidr'],
    ['dns-domain-defined', 'baseDnsDomain'], ['api-vip-defined', 'apiVip'], ['ingress-vip-defined', 'ingressVip'],
  ])('%s fails when the field is empty', (id, field) => {
    expect(statusOf(id, { [field]: '' })).toBe('failure');
  });

  it('machine-cidr-defined is not asked for where the user manages the network, but of a single node', () => {
    expect(statusOf('machine-cidr-defined', { machineNetworkCidr: '', userManagedNetworking: true })).toBe('success');
    expect(statusOf('machine-cidr-defined', { ...single, machineNetworkCidr: '' })).toBe('failure');
  });

  it('pull-secret-set', () => {
    expect(statusOf('pull-secret-set', { pullSecretSet: false })).toBe('failure');
  });

  it.each(['api', 'ingress'] as const)('%s-vip-defined waits for the machine network while DHCP gives the addresses', (name) => {
    const none = { [`${name}Vip`]: '', vipDhcpAllocation: true };
    expect(statusOf(`${name}-vip-defined`, { ...none, machineNetworkCidr: '' })).toBe('pending');
    expect(statusOf(`${name}-vip-defined`, none)).toBe('failure');
    expect(statusOf(`${name}-vip-defined`, { ...none, vipDhcpAllocation: false, userManagedNetworking: true })).toBe('success');
  });

  it.each(['api', 'ingress'] as const)('%s-vip-valid wants a free address of the machine network', (name) => {
    const [id, field] = [`${name}-vip-valid`, `${name}Vip`];
    const scanned = (...lists: string[][]) => makeHosts().map((host, index) => ({ ...host, facts: { ...host.facts, freeAddresses: [{ network: '192.168.10.0/24', free_addresses: lists[index] ?? [] }] } }));
    expect(statusOf(id, { [field]: '' })).toBe('pending');
    expect(statusOf(id, { [field]: '10.0.0.1' })).toBe('failure');
    expect(statusOf(id, { [field]: '192.168.10.7' }, scanned(['192.168.10.7'], ['192.168.10.7'], ['192.168.10.7']))).toBe('success');
    expect(statusOf(id, { [field]: '192.168.10.7' }, scanned(['192.168.10.7', '192.168.10.8'], ['192.168.10.8'], ['192.168.10.8']))).toBe('failure');
    expect(statusOf(id, { [field]: '192.168.10.7' }, scanned([], ['192.168.10.8'], []))).toBe('success');
    expect(statusOf(id, { [field]: '', userManagedNetworking: true })).toBe('success');
  });

  it('machine-cidr-equals-to-calculated-cidr compares with the network of the API VIP, else of the ingress VIP', () => {
    const id = 'machine-cidr-equals-to-calculated-cidr';
    expect(statusOf(id, { apiVip: '' })).toBe('success');
    expect(statusOf(id, { apiVip: '', ingressVip: '' })).toBe('pending');
    expect(statusOf(id, { machineNetworkCidr: '192.168.0.0/16' })).toBe('failure');
    expect(statusOf(id, { apiVip: '10.0.0.1' })).toBe('failure');
    expect(statusOf(id, { apiVip: '', ingressVip: '', userManagedNetworking: true })).toBe('success');
  });

  it('no-cidrs-overlapping', () => {
    const id = 'no-cidrs-overlapping';
    expect(statusOf(id, { clusterNetworkCidr: '192.168.0.0/16' })).toBe('failure');
    expect(statusOf(id, { clusterNetworkCidr: '192.168.0.0/16', userManagedNetworking: true })).toBe('success');
    expect(statusOf(id, { clusterNetworkCidr: '172.16.0.0/12', userManagedNetworking: true })).toBe('failure');
    expect(statusOf(id, { machineNetworkCidr: '' })).toBe('pending');
    expect(statusOf(id, { machineNetworkCidr: '', userManagedNetworking: true })).toBe('success');
    expect(statusOf(id, { ...single, machineNetworkCidr: '' })).toBe('pending');
    expect(statusOf(id, { serviceNetworkCidr: '', userManagedNetworking: true })).toBe('pending');
  });

  it.each([
    ['10.128.0.0/14', 25, 3, 'success'], ['10.128.0.0/14', 26, 3, 'failure'], ['10.128.0.0/14', 0, 3, 'failure'], ['10.128.0.0/22', 23, 3, 'failure'], ['10.128.0.0/21', 23, 4, 'success'],
    ['10.128.0.0/21', 23, 5, 'failure'], ['10.128.0.0/23', 23, 1, 'success'], ['10.128.0.0/24', 23, 1, 'failure'], ['fd01::/48', 64, 3, 'success'], ['fd01::/48', 122, 3, 'failure'], ['', 23, 3, 'pending'],
  ])('network-prefix-valid of %s with prefix %i and %i hosts: %s', (clusterNetworkCidr, clusterNetworkHostPrefix, count, expected) => {
    expect(statusOf('network-prefix-valid', { clusterNetworkCidr, clusterNetworkHostPrefix }, makeHosts(count))).toBe(expected);
  });

  it('ntp-server-configured allows up to four whole minutes between the clocks that count', () => {
    const at = (position: number, seconds: number, host: Partial<Host> = {}) => makeHost(position, host, { inventory: makeInventory(position, { timestamp: 1_700_000_000 + seconds }) });
    expect(statusOf('ntp-server-configured', {}, [at(1, 0), at(2, 299)])).toBe('success');
    expect(statusOf('ntp-server-configured', {}, [at(1, 0), at(2, 300)])).toBe('failure');
    expect(statusOf('ntp-server-configured', {}, [at(1, 0), at(2, 300, { status: 'disconnected' })])).toBe('success');
    expect(statusOf('ntp-server-configured', {}, [])).toBe('success');
  });

  it('all-hosts-are-ready-to-install', () => {
    const id = 'all-hosts-are-ready-to-install';
    expect(statusOf(id, {}, [])).toBe('success');
    expect(statusOf(id, {}, [makeHost(1), makeHost(2, { status: 'disabled' }), makeHost(3, { status: 'preparing-successful' })])).toBe('success');
    expect(statusOf(id, {}, [makeHost(1, { status: 'insufficient' })])).toBe('failure');
  });

  describe('sufficient-masters-count', () => {
    const id = 'sufficient-masters-count';
    const hosts = (...roles: Host['role'][]) => roles.map((role, index) => makeHost(index + 1, { role }));
    const weak = (position: number) => makeHost(position, { role: 'auto-assign' }, { inventory: makeInventory(position, { memory: { physical_bytes: 8 * gib } }) });

    it.each([
      [hosts('master', 'master', 'master'), 'success'],
      [hosts('auto-assign', 'auto-assign', 'auto-assign'), 'success'],
      [hosts('master', 'auto-assign', 'auto-assign', 'auto-assign', 'auto-assign'), 'success'],
      [hosts('master', 'master', 'master', 'worker', 'worker'), 'success'],
      [hosts('master', 'master', 'master', 'worker'), 'failure'],
      [hosts('master', 'master', 'master', 'master'), 'failure'],
      [hosts('master', 'master'), 'failure'],
      [[...hosts('master', 'master'), weak(3)], 'failure'],
      [[...hosts('master', 'master'), makeSilentHost(3, { role: 'auto-assign' })], 'failure'],
      [[], 'failure'],
    ] as const)('case %#', (list, expected) => {
      expect(statusOf(id, {}, [...list])).toBe(expected);
    });

    it('is one for a single node, without workers', () => {
      expect(statusOf(id, single, hosts('master'))).toBe('success');
      expect(statusOf(id, single, hosts('master', 'worker'))).toBe('failure');
      expect(statusOf(id, single, hosts('master', 'master'))).toBe('failure');
    });
  });
});
