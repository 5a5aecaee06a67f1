import { describe, expect, it } from 'vitest';
import { findHostProblems } from '../../../src/domain/static-network/find-host-problems';

const yaml = 'interfaces: []';
const entry = (macAddress: string, logicalNicName: string) => ({ macAddress, logicalNicName });
const first = { networkYaml: yaml, macInterfaceMap: [entry('02:00:00:00:00:0a', 'eth0'), entry('02:00:00:00:00:0b', 'eth1')] };

describe('the networks of hosts', () => {
  it('may use the same names on different hosts', () => {
    expect(findHostProblems([first, { networkYaml: yaml, macInterfaceMap: [entry('02:00:00:00:00:0C', 'eth0')] }])).toEqual([]);
  });

  it.each([
    ['no YAML', { networkYaml: ' \n', macInterfaceMap: [entry('02:00:00:00:00:01', 'a')] }, 'static_network_config[1].network_yaml is missing'],
    ['a separator of the stored form', { networkYaml: 'a: HHHHHH', macInterfaceMap: [entry('02:00:00:00:00:01', 'a')] }, 'static_network_config[1].network_yaml must not hold the text HHHHH'],
    ['no interfaces', { networkYaml: yaml, macInterfaceMap: [] }, 'static_network_config[1].mac_interface_map is empty'],
    ['no address', { networkYaml: yaml, macInterfaceMap: [entry('', 'a')] }, 'static_network_config[1].mac_interface_map[0].mac_address must be a MAC address'],
    ['no name', { networkYaml: yaml, macInterfaceMap: [entry('02:00:00:00:00:01', '')] }, 'static_network_config[1].mac_interface_map[0].logical_nic_name must be the name of an interface: 1 to 15 letters'],
    ['a name that is a path', { networkYaml: yaml, macInterfaceMap: [entry('02:00:00:00:00:01', '..')] }, 'static_network_config[1].mac_interface_map[0].logical_nic_name must be'],
    ['a name twice', { networkYaml: yaml, macInterfaceMap: [entry('02:00:00:00:00:01', 'a'), entry('02:00:00:00:00:02', 'a')] }, 'static_network_config[1].mac_interface_map[1].logical_nic_name is there twice'],
    ['an address of another host, in other letters', { networkYaml: yaml, macInterfaceMap: [entry('02:00:00:00:00:0A', 'a')] }, 'static_network_config[1].mac_interface_map[0].mac_address is the same as in static_network_config[0].mac_interface_map[0]'],
  ])('are refused with %s', (_what, host, message) => {
    const problems = findHostProblems([first, host]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(message);
  });
});
