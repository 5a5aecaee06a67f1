import { listFreeAddresses } from '../../domain/network/list-free-addresses';
import type { ServiceDeps } from '../deps';
import { NotFound } from '../errors';
import { loadLiveSnapshot } from './load-live-snapshot';

/** Addresses of a network that all hosts found free. Throws NotFound while no host has been discovered. */
export async function getFreeAddresses(deps: Pick<ServiceDeps, 'db'>, clusterId: string, network: string, options: { prefix: string; limit: number }): Promise<string[]> {
  const addresses = listFreeAddresses(await loadLiveSnapshot(deps, clusterId), network, options);
  if (addresses === undefined) throw new NotFound(`Cluster ${clusterId} has no discovered hosts that could have looked for free addresses.`);
  return addresses;
}
