import type { V1Node } from '@kubernetes/client-node';
import type { ClusterNode } from '../../agent/protocol/controller/new-cluster';
import { asked } from './asked';
import type { KubernetesApis } from './connect';

function toClusterNode({ metadata, status }: V1Node): ClusterNode {
  return {
    name: metadata?.name ?? '',
    addresses: (status?.addresses ?? []).filter(({ type }) => type === 'InternalIP').map(({ address }) => address),
    ready: (status?.conditions ?? []).some((condition) => condition.type === 'Ready' && condition.status === 'True'),
  };
}

/** The nodes of the cluster. */
export async function readNodes({ core }: KubernetesApis): Promise<ClusterNode[]> {
  const { items } = await asked('list nodes', () => core.listNode());
  return items.map(toClusterNode);
}
