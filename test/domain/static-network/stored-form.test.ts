import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HostNetwork } from '../../../src/domain/static-network/host-network';
import { foldStaticNetwork, formatStaticNetwork, parseStaticNetwork } from '../../../src/domain/static-network/stored-form';

const host = (networkYaml: string, map: Record<string, string>): HostNetwork => ({
  networkYaml,
  macInterfaceMap: Object.entries(map).map(([macAddress, logicalNicName]) => ({ macAddress, logicalNicName })),
});
const a = host('interfaces: [a]\n', { '02:00:00:00:00:02': 'eth1', '02:00:00:00:00:01': 'eth0' });
const b = host('interfaces: [b]\n', { '02:00:00:00:00:03': 'eth0' });

describe('the stored form of a static network', () => {
  it('parts hosts by ZZZZZ and the YAML from the sorted addresses by HHHHH', () => {
    expect(formatStaticNetwork([b, a])).toBe(
      'interfaces: [a]\nHHHHH02:00:00:00:00:01=eth0\n02:00:00:00:00:02=eth1ZZZZZinterfaces: [b]\nHHHHH02:00:00:00:00:03=eth0',
    );
    expect(formatStaticNetwork([])).toBe('');
    expect(parseStaticNetwork('')).toEqual([]);
  });

  it('does not depend on any order, and gives the hosts back', () => {
    const mac = fc.stringMatching(/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/);
    const entry = fc.record({ macAddress: mac, logicalNicName: fc.stringMatching(/^[a-z0-9=]{1,15}$/) });
    const hosts = fc.array(fc.record({ networkYaml: fc.string().filter((text) => !/[HZ]/.test(text)), macInterfaceMap: fc.uniqueArray(entry, { minLength: 1, selector: ({ macAddress }) => macAddress }) }), { minLength: 1 });
    fc.assert(
      fc.property(hosts, (all) => {
        const stored = formatStaticNetwork(all);
        const turned = [...all].reverse().map((one) => ({ ...one, macInterfaceMap: [...one.macInterfaceMap].reverse() }));
        expect(formatStaticNetwork(turned)).toBe(stored);
        expect(formatStaticNetwork(parseStaticNetwork(stored))).toBe(stored);
        expect(parseStaticNetwork(stored).map(({ networkYaml }) => networkYaml).sort()).toEqual(all.map(({ networkYaml }) => networkYaml).sort());
      }),
    );
  });

  it('folded is the same for the same networks in other spelling, also where that changes an order', () => {
    const upper = [host('interfaces: [b]\r\n', { '02:00:00:00:00:0B': 'eth0', '02:00:00:00:00:0a': 'eth1' }), a];
    const lower = [a, host('interfaces: [b]', { '02:00:00:00:00:0A': 'eth1', '02:00:00:00:00:0b': 'eth0' })];
    expect(foldStaticNetwork(formatStaticNetwork(upper))).toBe(foldStaticNetwork(formatStaticNetwork(lower)));
    expect(foldStaticNetwork('')).toBe('');
    expect(foldStaticNetwork(formatStaticNetwork([a]))).not.toBe(foldStaticNetwork(formatStaticNetwork([b])));
  });
});
