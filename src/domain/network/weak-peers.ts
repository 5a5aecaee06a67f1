import type { ConnectivityReport } from '../host/facts';
import { effectiveHostname } from '../host/effective-hostname';
import type { Host } from '../host/model';
import type { HardwareRequirements } from '../settings';

type Limits = Pick<HardwareRequirements, 'networkLatencyThresholdMs' | 'packetLossPercentage'>;

/** Names of the hosts of its own role that a host reaches too slowly or with too much loss, sorted and each once. */
export interface WeakPeers {
  slow: string[];
  lossy: string[];
}

/** Judges what a host measured towards the enabled hosts of its own role, whether the measurement was called successful or not. */
export function findWeakPeers(host: Host, report: ConnectivityReport, hosts: ReadonlyMap<string, Host>, limits: Limits): WeakPeers {
  const slow = new Set<string>();
  const lossy = new Set<string>();
  for (const { host_id: id = '', l3_connectivity: measurements = [] } of report.remote_hosts ?? []) {
    const peer = hosts.get(id);
    if (peer === undefined || peer.id === host.id || peer.role !== host.role || peer.status === 'disabled') continue;
    for (const { average_rtt_ms: rtt = 0, packet_loss_percentage: loss = 0 } of measurements) {
      if (rtt > limits.networkLatencyThresholdMs) slow.add(effectiveHostname(peer));
      if (loss > limits.packetLossPercentage) lossy.add(effectiveHostname(peer));
    }
  }
  return { slow: [...slow].sort(), lossy: [...lossy].sort() };
}
