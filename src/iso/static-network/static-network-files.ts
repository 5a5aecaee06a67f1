import { parseStaticNetwork } from '../../domain/static-network/stored-form';
import type { ConnectionGenerator } from './connection-generator';
import { setAutoconnect } from './set-autoconnect';

/** A file of a live system or of its RAM disk. */
export interface LiveFile {
  path: string;
  mode: number;
  content: string;
}

/** Where the script looks for the networks of hosts. */
export const staticNetworkFolder = '/etc/assisted/network';

/**
 * The networks of hosts as files that an image carries: a folder `host<N>` each, with the connections and with `mac_interface.ini`, by which
 * the boot script knows the machine; none without a static network.
 * @param stored stored form of the static network
 * Throws StaticNetworkError.
 */
export async function staticNetworkFiles(stored: string, generator: ConnectionGenerator, signal?: AbortSignal): Promise<LiveFile[]> {
  const files: LiveFile[] = [];
  for (const [index, { networkYaml, macInterfaceMap }] of parseStaticNetwork(stored).entries()) {
    const folder = `${staticNetworkFolder}/host${index}`;
    const connections = await generator.generate(networkYaml, signal);
    const lines = macInterfaceMap.map(({ macAddress, logicalNicName }) => `${macAddress.toLowerCase()}=${logicalNicName}\n`);
    files.push(
      ...connections.map(({ name, content }) => ({ path: `${folder}/${name}`, mode: 0o600, content: setAutoconnect(content) })),
      { path: `${folder}/mac_interface.ini`, mode: 0o600, content: lines.join('') },
    );
  }
  return files;
}
