import type { MonitoredOperator } from '../../domain/cluster/model';
import type { ClusterStatus } from '../../domain/cluster/status';

/** Files of an installation by the names under which they are stored and asked for. */
export const clusterFiles = [
  'bootstrap.ign', 'master.ign', 'metadata.json', 'worker.ign', 'kubeadmin-password', 'kubeconfig', 'kubeconfig-noingress', 'install-config.yaml',
  'discovery.ign', 'custom_manifests.yaml',
] as const;
export type ClusterFile = (typeof clusterFiles)[number];

const withArtefacts: readonly ClusterStatus[] = ['installing', 'finalizing', 'installed', 'error', 'adding-hosts', 'cancelled'];
const withKubeconfig: readonly ClusterStatus[] = ['finalizing', 'installed'];
const withCredentials: readonly ClusterStatus[] = ['installing', 'finalizing', 'installed'];

/** Statuses in which a file can be downloaded; undefined = in any. */
export function statusesFor(file: ClusterFile | 'host-ignition'): readonly ClusterStatus[] | undefined {
  if (file === 'discovery.ign') return undefined;
  return file === 'kubeconfig' ? withKubeconfig : withArtefacts;
}

/** The password is of use once the console answers; a cluster that records no operators is judged by its status. */
export function mayShowCredentials(status: ClusterStatus, operators: readonly MonitoredOperator[]): boolean {
  if (operators.length === 0) return withCredentials.includes(status);
  return operators.some((operator) => operator.name === 'console' && operator.status === 'available');
}
