import { parse } from 'yaml';
import { Invalid } from '../errors';

export interface HostNetworkInput {
  networkYaml: string;
  macInterfaceMap: { macAddress: string; logicalNicName: string }[];
}

const hostSeparator = 'ZZZZZ';
const yamlSeparator = 'HHHHH';

/**
 * Static network settings of hosts in their stored form, which does not depend on the order they came in:
 * per host the YAML and its `MAC=name` lines. Throws Invalid for YAML that cannot be read and for names or
 * addresses a host has twice.
 */
export function formatStaticNetwork(hosts: readonly HostNetworkInput[]): string {
  return hosts
    .map((host, index) => {
      assertHost(host, index + 1);
      const lines = host.macInterfaceMap.map(({ macAddress, logicalNicName }) => `${macAddress}=${logicalNicName}`).sort();
      return `${host.networkYaml}${yamlSeparator}${lines.join('\n')}`;
    })
    .sort()
    .join(hostSeparator);
}

function assertHost({ networkYaml, macInterfaceMap }: HostNetworkInput, number: number): void {
  if (!isMapping(networkYaml)) throw new Invalid(`The network configuration of host ${number} is not a YAML mapping.`);
  const macs = macInterfaceMap.map(({ macAddress }) => macAddress.toLowerCase());
  const names = macInterfaceMap.map(({ logicalNicName }) => logicalNicName);
  if (macs.some((mac) => mac === '') || names.some((name) => name === '')) {
    throw new Invalid(`The MAC interface map of host ${number} has an entry without address or name.`);
  }
  if (new Set(macs).size < macs.length) throw new Invalid(`The MAC interface map of host ${number} has an address twice.`);
  if (new Set(names).size < names.length) throw new Invalid(`The MAC interface map of host ${number} has a name twice.`);
}

function isMapping(yaml: string): boolean {
  try {
    const value: unknown = parse(yaml, { maxAliasCount: 20 });
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
