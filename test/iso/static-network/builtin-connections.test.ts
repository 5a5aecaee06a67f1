import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createBuiltinConnections } from '../../../src/iso/static-network/builtin-connections';
import { setAutoconnect } from '../../../src/iso/static-network/set-autoconnect';

/**
 * A folder each with a network and the connections expected of it. NetworkManager 1.42 (libnm: keyfile_read, normalize, verify) has read every one
 * without a warning and written it again with the same meaning; nmstate 2.2 makes connections of the same meaning from the same networks.
 */
const golden = join(import.meta.dirname, 'golden');
const builtin = createBuiltinConnections();

describe('the built-in generator', () => {
  it.each(readdirSync(golden))('makes the connections of %s', async (name) => {
    const folder = join(golden, name);
    const made = await builtin.generate(readFileSync(join(folder, 'network.yaml'), 'utf8'));
    const expected = readdirSync(folder).filter((file) => file.endsWith('.nmconnection'));
    expect(expected.length).toBeGreaterThan(1);
    expect(made.map((file) => file.name)).toEqual(expected.sort());
    for (const file of made) expect(setAutoconnect(file.content)).toBe(readFileSync(join(folder, file.name), 'utf8'));
  });

  const nic = (more: string, name = 'eth0'): string => `{name: ${name}, type: ethernet${more && `, ${more}`}}`;
  const bond = (options: string, more = ''): string => `{name: bond0, type: bond, link-aggregation: {mode: balance-rr, options: {${options}}, port: [eth0]${more}}}`;
  const network = (interfaces: string[], rest = ''): string => `interfaces: [${interfaces.join(', ')}]\n${rest}`;
  const fixed = 'ipv4: {enabled: true, address: [{ip: 192.0.2.1, prefix-length: 24}]}';

  it.each<[string, string, string]>([
    ['no YAML', 'a: [', 'it is no valid YAML: '],
    ['no mapping', '- 1', 'it must be object'],
    ['aliases without end', `a: &a [1]\nb: [${'*a, '.repeat(200)}]`, 'it is no valid YAML: '],
    ['no interfaces', 'routes: {}', 'interfaces is missing'],
    ['an empty list of interfaces', 'interfaces: []', 'interfaces must list the interfaces of the host'],
    ['a part that is not known', network([nic('')], 'ovs-db: {}'), 'it has ovs-db, which the built-in generator does not know; it knows interfaces, routes, dns-resolver'],
    ['a type that is not known', 'interfaces: [{name: a, type: ovs-bridge}]', 'interfaces[0].type must be one of ethernet, bond, vlan, linux-bridge, which the built-in generator knows'],
    ['no type', 'interfaces: [{name: a}]', 'interfaces[0].type must be one of ethernet'],
    ['a name that is none', network([nic('', '"a b"')]), 'interfaces[0].name must be the name of an interface: 1 to 15 letters'],
    ['a name twice', network([nic(''), nic('')]), 'interfaces[1].name is there twice'],
    ['an interface that is down', network([nic('state: down')]), 'interfaces[0].state must be up'],
    ['an address that is none', network([nic('ipv4: {enabled: true, address: [{ip: 192.0.2.300, prefix-length: 24}]}')]), 'interfaces[0].ipv4.address[0].ip must be an IPv4 address'],
    ['an address of the other family', network([nic('ipv6: {enabled: true, address: [{ip: 192.0.2.3, prefix-length: 24}]}')]), 'interfaces[0].ipv6.address[0].ip must be an IPv6 address'],
    ['a prefix that is none', network([nic('ipv4: {enabled: true, address: [{ip: 192.0.2.3, prefix-length: 33}]}')]), 'interfaces[0].ipv4.address[0].prefix-length '],
    ['addresses beside dhcp', network([nic('ipv4: {enabled: true, dhcp: true, address: [{ip: 192.0.2.3, prefix-length: 24}]}')]), 'interfaces[0].ipv4 has both addresses and dhcp'],
    ['autoconf alone', network([nic('ipv6: {enabled: true, autoconf: true}')]), 'interfaces[0].ipv6.autoconf needs dhcp: true'],
    ['an address on a port', network([nic(fixed), bond('')]), 'interfaces[0] is a port of bond0 and can have no addresses'],
    ['a port in two bonds', network([bond(''), bond('').replace('bond0', 'bond1')]), 'interfaces[1] has the port eth0, which is one of bond0 already'],
    ['a bond of itself', network([bond('').replace('[eth0]', '[bond0]')]), 'interfaces[0] cannot be a port of itself'],
    ['a bond mode that is none', network([bond('').replace('balance-rr', 'fast')]), 'interfaces[0].link-aggregation.mode must be one of balance-rr, active-backup'],
    ['a bond option that is none', network([bond('speedy: 1')]), 'interfaces[0].link-aggregation.options.speedy is not known; known are miimon'],
    ['a bond option of another mode', network([bond('lacp_rate: fast')]), 'interfaces[0].link-aggregation.options.lacp_rate is not for mode balance-rr, only for 802.3ad'],
    ['a value with a line end', network([bond('miimon: "1\\n[ipv4]"')]), 'interfaces[0].link-aggregation.options.miimon must be a number or a word'],
    ['both ways to watch a bond', network([bond('miimon: 100, arp_interval: 100, arp_ip_target: 192.0.2.1')]), 'interfaces[0].link-aggregation.options has both miimon and arp_interval'],
    ['old and new name of ports', network([bond('', ', slaves: [eth0]')]), 'interfaces[0].link-aggregation has both port and slaves'],
    ['a vlan on itself', network(['{name: a, type: vlan, vlan: {base-iface: a, id: 1}}']), 'interfaces[0].vlan.base-iface must be another interface'],
    ['a vlan number that is none', network(['{name: a, type: vlan, vlan: {base-iface: b, id: 4095}}']), 'interfaces[0].vlan.id '],
    ['a route by an interface that is not there', network([nic(fixed)], 'routes: {config: [{destination: 0.0.0.0/0, next-hop-interface: eth9}]}'), 'routes.config[0].next-hop-interface must be one of the interfaces'],
    ['a route without address of its family', network([nic(fixed)], 'routes: {config: [{destination: ::/0, next-hop-interface: eth0}]}'), 'routes.config[0].next-hop-interface has no IPv6 addresses'],
    ['a gateway of the other family', network([nic(fixed)], 'routes: {config: [{destination: 0.0.0.0/0, next-hop-address: ::1, next-hop-interface: eth0}]}'), 'routes.config[0].next-hop-address must be of the same family'],
    ['a destination that is none', network([nic(fixed)], 'routes: {config: [{destination: default, next-hop-interface: eth0}]}'), 'routes.config[0].destination must be a network such as 10.0.0.0/8'],
    ['a name server that nobody can reach', network([nic('')], 'dns-resolver: {config: {server: [192.0.2.1]}}'), 'dns-resolver.config.server has IPv4 addresses, but no interface'],
    ['name servers out of order', network([nic(fixed)], 'dns-resolver: {config: {server: [192.0.2.1, "::1", 192.0.2.2]}}'), 'dns-resolver.config.server must list the addresses of one IP family after'],
  ])('refuses %s and says what is allowed', async (_what, yaml, message) => {
    await expect(builtin.generate(yaml)).rejects.toMatchObject({ name: 'StaticNetworkError', message: expect.stringContaining(message) });
  });

  it('tells of many faults the first few', async () => {
    const yaml = network(Array.from({ length: 9 }, (_, index) => nic('mtu: 1', `eth${index}`)));
    await expect(builtin.generate(yaml)).rejects.toThrow(/interfaces\[4\]\.mtu [^;]*; and 4 more$/);
  });

  it('makes connections of ports that are not described', async () => {
    const made = await builtin.generate(network([bond('')]));
    expect(made.map(({ name }) => name)).toEqual(['bond0.nmconnection', 'eth0.nmconnection']);
    expect(made[1]?.content).toContain('slave-type=bond');
  });
});

describe('setAutoconnect', () => {
  it('replaces what a connection says, in its own section only', () => {
    const text = '[connection]\nid=a\nautoconnect=false\nautoconnect-priority = 7\nautoconnect-slaves=1\n\n[user]\nautoconnect=no\n';
    expect(setAutoconnect(text)).toBe('[connection]\nautoconnect=true\nautoconnect-priority=1\nid=a\nautoconnect-slaves=1\n\n[user]\nautoconnect=no\n');
  });
});
