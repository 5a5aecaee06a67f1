import type { HostNetwork } from './host-network';
import { interfaceNameRule, isInterfaceName } from './interface-name';
import { reservedTexts } from './stored-form';

const macPattern = /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/;

/**
 * What cannot be used of the networks of hosts, whatever their YAML says: one sentence each, with the field as in the request.
 * Addresses are compared without regard to case: they say which machine is meant, so none may be there twice.
 */
export function findHostProblems(hosts: readonly HostNetwork[]): string[] {
  const owners = new Map<string, string>();
  return hosts.flatMap((host, index) => {
    const field = `static_network_config[${index}]`;
    return [...yamlProblems(host, field), ...mapProblems(host, field, owners)];
  });
}

function yamlProblems({ networkYaml }: HostNetwork, field: string): string[] {
  if (networkYaml.trim() === '') return [`${field}.network_yaml is missing: it takes the network of the host in the YAML of nmstate`];
  return reservedTexts.filter((text) => networkYaml.includes(text)).map((text) => `${field}.network_yaml must not hold the text ${text}`);
}

function mapProblems({ macInterfaceMap }: HostNetwork, field: string, owners: Map<string, string>): string[] {
  if (macInterfaceMap.length === 0) {
    return [`${field}.mac_interface_map is empty: it takes the MAC address and the logical name of at least one interface, by which the machine is known`];
  }
  const names = new Set<string>();
  return macInterfaceMap.flatMap(({ macAddress, logicalNicName }, index) => {
    const entry = `${field}.mac_interface_map[${index}]`;
    const mac = macAddress.toLowerCase();
    const owner = owners.get(mac);
    const isNameTaken = names.has(logicalNicName);
    owners.set(mac, owner ?? entry);
    names.add(logicalNicName);
    return [
      ...(macPattern.test(mac) ? [] : [`${entry}.mac_address must be a MAC address, six pairs of hexadecimal digits with colons between`]),
      ...(isInterfaceName(logicalNicName) ? [] : [`${entry}.logical_nic_name must be the name of an interface: ${interfaceNameRule}`]),
      ...(owner === undefined ? [] : [`${entry}.mac_address is the same as in ${owner}: each address may be there once`]),
      ...(isNameTaken ? [`${entry}.logical_nic_name is there twice: the interfaces of a host need different names`] : []),
    ];
  });
}
