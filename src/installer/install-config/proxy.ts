import type { Cluster } from '../../domain/cluster/model';

/** The proxy with all that must be reached without it: the user's list, the machine network, the cluster's own zone and its inner networks. */
export function renderProxy(cluster: Cluster) {
  const { httpProxy, httpsProxy, noProxy } = cluster;
  if (httpProxy === '' && httpsProxy === '') return {};
  return {
    proxy: {
      ...(httpProxy === '' ? {} : { httpProxy }),
      ...(httpsProxy === '' ? {} : { httpsProxy }),
      noProxy: noProxy.trim() === '*' ? '*' : exceptions(cluster).join(','),
    },
  };
}

function exceptions(cluster: Cluster): string[] {
  const given = cluster.noProxy.split(',').map((entry) => entry.trim());
  const own = [cluster.machineNetworkCidr, `.${cluster.name}.${cluster.baseDnsDomain}`, cluster.clusterNetworkCidr, cluster.serviceNetworkCidr];
  return [...new Set([...given, ...own])].filter((entry) => entry !== '');
}
