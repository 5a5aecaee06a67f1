import type { HostNetwork } from './host-network';

const hostSeparator = 'ZZZZZ';
const yamlSeparator = 'HHHHH';

/** Texts that a network configuration cannot hold, because they part the stored form. */
export const reservedTexts = [hostSeparator, yamlSeparator] as const;

/** The networks of hosts in one text that does not depend on the order they came in; empty when there are none. */
export function formatStaticNetwork(hosts: readonly HostNetwork[]): string {
  return hosts
    .map(({ networkYaml, macInterfaceMap }) => {
      const lines = macInterfaceMap.map(({ macAddress, logicalNicName }) => `${macAddress}=${logicalNicName}`).sort();
      return `${networkYaml}${yamlSeparator}${lines.join('\n')}`;
    })
    .sort()
    .join(hostSeparator);
}

/** The hosts of a text that formatStaticNetwork made, in its order. */
export function parseStaticNetwork(stored: string): HostNetwork[] {
  if (stored === '') return [];
  return stored.split(hostSeparator).map((host) => {
    const [networkYaml = '', lines = ''] = host.split(yamlSeparator);
    const macInterfaceMap = lines.split('\n').flatMap((line) => {
      const equals = line.indexOf('=');
      return equals < 0 ? [] : [{ macAddress: line.slice(0, equals), logicalNicName: line.slice(equals + 1) }];
    });
    return { networkYaml, macInterfaceMap };
  });
}

/** A stored form whose networks are the same in other spelling gives the same text: addresses are hexadecimal digits of either case. */
export const foldStaticNetwork = (stored: string): string =>
  formatStaticNetwork(parseStaticNetwork(stored).map(({ networkYaml, macInterfaceMap }) => ({
    networkYaml: networkYaml.replaceAll('\r\n', '\n').trimEnd(),
    macInterfaceMap: macInterfaceMap.map(({ macAddress, logicalNicName }) => ({ macAddress: macAddress.toLowerCase(), logicalNicName })),
  })));
