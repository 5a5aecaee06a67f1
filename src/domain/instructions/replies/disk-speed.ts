import { platformRequirements } from '../../hardware/platform-requirements';
import type { HostFacts } from '../../host/facts';
import type { Host } from '../../host/model';
import { DecodeError } from '../decode';
import { decodeDiskSpeed } from '../decode-replies';
import type { ReplyReader } from '../step-reply';

/** A measured disk: stored under the path of the reply; a slow one is told, but does not keep the host from its installation. */
export const readDiskSpeedReply: ReplyReader = (output, { snapshot, host, settings }) => {
  const { path, io_sync_duration: speedMs = 0 } = decodeDiskSpeed(output, 'reply');
  if (path === undefined) throw new DecodeError('reply.path is missing');
  const thresholdMs = platformRequirements(snapshot.cluster, host.role, settings).diskSpeedThresholdMs;
  return {
    patch: { disksInfo: withDiskSpeed(host, path, 0, speedMs) },
    measures: [{ metric: 'cluster_host_disk_sync_duration_ms', labels: { diskPathLabel: path, cid: host.clusterId, hostId: host.id }, value: speedMs }],
    ...(speedMs > thresholdMs ? { facts: [{ kind: 'hostDiskSlow', hostId: host.id, path, speedMs, thresholdMs }] } : {}),
  };
};

/** The host's disks with the outcome of one measurement; the speed of a failed one is not known. */
export function withDiskSpeed(host: Host, path: string, exitCode: number, speedMs?: number): HostFacts['disksInfo'] {
  const speed = { tested: true, exit_code: exitCode, ...(speedMs === undefined ? {} : { speed_ms: speedMs }) };
  return { ...host.facts.disksInfo, [path]: { path, disk_speed: speed } };
}
