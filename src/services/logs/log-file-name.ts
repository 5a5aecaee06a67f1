import type { Cluster } from '../../domain/cluster/model';
import { effectiveHostname } from '../../domain/host/effective-hostname';
import type { Host } from '../../domain/host/model';
import type { LogsSelection } from './logs-selection';

/** Host names come from machines: only what is harmless in a header and in a file name stays. */
const harmless = (text: string): string => text.replaceAll(/[^\w.-]+/g, '-');

/** The name under which logs are given out; hosts that nobody knows any more go by their id. */
export function logFileName(cluster: Cluster, selection: LogsSelection, hosts: readonly Host[]): string {
  const name = harmless(cluster.name);
  switch (selection.type) {
    case 'all':
      return `${name}_${cluster.id}.tar`;
    case 'controller':
      return `${name}_${cluster.id}_controller.tar.gz`;
    case 'host': {
      const host = hosts.find((candidate) => candidate.id === selection.hostId);
      const role = host?.bootstrap ? 'bootstrap' : (host?.role ?? 'host');
      return `${name}_${role}_${harmless(host ? effectiveHostname(host) : selection.hostId)}.tar.gz`;
    }
  }
}
