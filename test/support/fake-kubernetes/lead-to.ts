import { KubeConfig } from '@kubernetes/client-node';

/** A kubeconfig of a cluster, for a server at another address: its names are still those that the certificate has. */
export function leadTo(kubeconfig: string, server: string): string {
  const config = new KubeConfig();
  config.loadFromString(kubeconfig);
  config.clusters = config.clusters.map((cluster) => ({ ...cluster, server, tlsServerName: new URL(cluster.server).hostname }));
  return config.exportConfig();
}
