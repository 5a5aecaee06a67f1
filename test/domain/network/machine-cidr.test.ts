import { describe, expect, it } from 'vitest';
import { findFreeAddresses } from '../../../src/domain/network/free-addresses';
import { hostNetworks } from '../../../src/domain/network/host-networks';
import { calculateMachineNetworkCidr } from '../../../src/domain/network/machine-cidr';
import { hostIdOf, makeHost, makeHosts, makeInventory, makeSnapshot } from '../validations/fixtures';

const second = makeHost(2, {}, { inventory: makeInventory(2, { interfaces: [{ name: 'eth0', ipv4_addresses: ['192.168.10.12/24', '10.9.0.2/16'], ipv6_addresses: ['2001:db8::2/64'] }] }) });

describe('hostNetworks', () => {
  it('lists each network with its hosts', () => {
    expect(hostNetworks([makeHost(1), second])).toEqual([
      { cidr: '192.168.10.0/24', hostIds: [hostIdOf(1), hostIdOf(2)] }, { cidr: '10.9.0.0/16', hostIds: [hostIdOf(2)] }, { cidr: '2001:db8::/64', hostIds: [hostIdOf(2)] },
    ]);
  });
});

describe('calculateMachineNetworkCidr', () => {
  const calculate = (...args: Parameters<typeof makeSnapshot>) => calculateMachineNetworkCidr(makeSnapshot(...args));

  it('follows the API VIP, else the ingress VIP', () => {
    expect(calculate([makeHost(1), second], { apiVip: '10.9.1.1', machineNetworkCidr: '' })).toBe('10.9.0.0/16');
    expect(calculate([makeHost(1), second], { apiVip: '', ingressVip: '2001:db8::9', machineNetworkCidr: '' })).toBe('2001:db8::/64');
  });

  it('is empty without a VIP or without a network that holds it', () => {
    expect(calculate(makeHosts(), { apiVip: '', ingressVip: '' })).toBe('');
    expect(calculate(makeHosts(), { apiVip: '10.0.0.1' })).toBe('');
    expect(calculate([makeHost(1, { status: 'disabled' })], {})).toBe('');
  });

  it('is the only network of the hosts while DHCP gives the VIPs, else what is stored', () => {
    expect(calculate(makeHosts(), { vipDhcpAllocation: true, machineNetworkCidr: '' })).toBe('192.168.10.0/24');
    expect(calculate([makeHost(1), second], { vipDhcpAllocation: true, machineNetworkCidr: '10.9.0.0/16' })).toBe('10.9.0.0/16');
    expect(calculate([], { vipDhcpAllocation: true, machineNetworkCidr: '' })).toBe('');
  });

  it('leaves alone what the user manages', () => {
    expect(calculate(makeHosts(), { userManagedNetworking: true, machineNetworkCidr: '10.0.0.0/8' })).toBe('10.0.0.0/8');
    expect(calculate(makeHosts(), { kind: 'AddHostsCluster', machineNetworkCidr: '' })).toBe('');
  });
});

describe('findFreeAddresses', () => {
  it('keeps what all hosts that scanned the network found free', () => {
    const scan = (position: number, free: string[] | undefined, status: 'known' | 'disabled' = 'known') =>
      makeHost(position, { status }, free === undefined ? {} : { freeAddresses: [{ network: '192.168.10.0/24', free_addresses: free }] });
    const snapshot = makeSnapshot([scan(1, ['192.168.10.1', '192.168.10.2']), scan(2, ['192.168.10.2']), scan(3, undefined), scan(4, [], 'disabled')]);
    expect(findFreeAddresses(snapshot, '192.168.10.0/24')).toEqual(new Set(['192.168.10.2']));
    expect(findFreeAddresses(snapshot, '10.0.0.0/8')).toBeUndefined();
  });
});
