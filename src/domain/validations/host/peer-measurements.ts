import type { Host } from '../../host/model';
import { effectiveHostname } from '../../host/effective-hostname';
import type { ValidationContext } from '../context';

/** One layer-3 measurement of a host towards another one of its role. */
export interface PeerMeasurement {
  peer: string;
  averageRttMs: number;
  packetLossPercentage: number;
}

/** What a host measured towards the enabled hosts of its own role, whether the measurement was called successful or not; undefined before its first report. */
export function findPeerMeasurements(ctx: ValidationContext, host: Host): PeerMeasurement[] | undefined {
  const report = host.facts.connectivity;
  if (report === undefined) return undefined;
  return (report.remote_hosts ?? []).flatMap((remote) => {
    const peer = ctx.findHost(remote.host_id ?? '');
    if (peer === undefined || peer.id === host.id || peer.role !== host.role || peer.status === 'disabled') return [];
    return (remote.l3_connectivity ?? []).map((entry) => ({
      peer: effectiveHostname(peer),
      averageRttMs: entry.average_rtt_ms ?? 0,
      packetLossPercentage: entry.packet_loss_percentage ?? 0,
    }));
  });
}

/** The names of the peers that fail, sorted and each once. */
export function peersWhere(measurements: readonly PeerMeasurement[], fails: (measurement: PeerMeasurement) => boolean): string[] {
  return [...new Set(measurements.filter(fails).map(({ peer }) => peer))].sort();
}
