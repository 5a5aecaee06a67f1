import { addressOf, cidrContains } from '../network/address';
import type { ClusterSnapshot } from './model';

/** The address of a single-node cluster's host in its machine network, which serves as both virtual addresses. */
export function findSingleNodeAddress({ cluster, hosts }: ClusterSnapshot): string | undefined {
  const interfaces = hosts.find((host) => host.bootstrap)?.facts.inventory?.interfaces ?? [];
  return interfaces
    .flatMap((card) => [...(card.ipv4_addresses ?? []), ...(card.ipv6_addresses ?? [])])
    .map((address) => addressOf(address))
    .find((address) => address !== undefined && cidrContains(cluster.machineNetworkCidr, address));
}
