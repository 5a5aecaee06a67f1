import type { StageResult } from '../events/catalog';
import { draftEvent } from '../events/draft-event';
import type { EventDraft } from '../events/draft';
import type { Cluster } from '../cluster/model';
import { diskKey, diskPath } from '../host/disk-key';
import type { Host } from '../host/model';
import type { Measure } from './measure';

const unknown = 'Unknown';
const gib = 2 ** 30;
const gb = 1e9;

export const clusterLabels = ({ openshiftVersion, id, emailDomain }: Cluster) => ({ ver: openshiftVersion, cid: id, ed: emailDomain });

const roleOf = (host: Host): string => (host.bootstrap ? 'bootstrap' : host.role);

function hardwareOf(host: Host): { vendor: string; product: string; diskType: string } {
  const { system_vendor: vendor, disks } = host.facts.inventory ?? {};
  const boot = disks?.find((disk) => diskKey(disk) === host.installationDiskId || diskPath(disk) === host.installationDiskPath);
  return { vendor: vendor?.manufacturer || unknown, product: vendor?.product_name || unknown, diskType: boot?.drive_type || unknown };
}

/** What the end of a stage tells: how long the host spent in it. */
export function stageDuration(cluster: Cluster, host: Host, result: StageResult, source: EventDraft): EventDraft[] {
  if (host.stage === '' || host.stageStartedAt === null) return [];
  const duration = (source.at.getTime() - host.stageStartedAt.getTime()) / 1_000;
  const { vendor, product, diskType } = hardwareOf(host);
  const event = draftEvent(
    'host.stage.duration',
    { duration, host_stage: host.stage, vendor, product, disk_type: diskType, host_role: roleOf(host), result },
    { clusterId: cluster.id, hostId: host.id, cause: source.key, at: source.at },
  );
  const labels = { phase: host.stage, result, ...clusterLabels(cluster), discoveryAgentVersion: host.discoveryAgentVersion, vendor, product, diskType };
  return [{ ...event, measures: [{ metric: 'host_installation_phase_seconds', labels, value: duration }] }];
}

/** What is told of a host once its installation is over: the host itself, each of its disks and network interfaces. */
export function hostResult(cluster: Cluster, host: Host, result: StageResult, source: EventDraft): EventDraft[] {
  const inventory = host.facts.inventory ?? {};
  const role = roleOf(host);
  const told = { host_result: result, host_role: role };
  const labels = { role, result, ...clusterLabels(cluster) };
  const cause = (detail: string) => ({ clusterId: cluster.id, hostId: host.id, cause: `${source.key}${detail}`, at: source.at });
  const memory = (inventory.memory?.physical_bytes ?? 0) / gib;
  const cores = inventory.cpu?.count ?? 0;
  const counted: Measure[] = [
    { metric: 'cluster_hosts', labels: { ...labels, ...hardwareOf(host) }, value: 1 },
    { metric: 'cluster_host_cores', labels, value: cores },
    { metric: 'cluster_host_ram_gb', labels, value: memory },
  ];
  const machine = { ...draftEvent('host.mem.cpu', { ...told, mem_bytes: Math.round(memory), core_count: cores }, cause('')), measures: counted };
  const disks = (inventory.disks ?? []).map((disk, index): EventDraft => {
    const [size, diskType] = [(disk.size_bytes ?? 0) / gb, disk.drive_type || unknown];
    const event = draftEvent('disk.size.type', { ...told, disk_type: diskType, disk_size: Math.round(size) }, cause(`:${index}`));
    return { ...event, measures: [{ metric: 'cluster_host_disk_gb', labels: { diskType, ...labels }, value: size }] };
  });
  const interfaces = (inventory.interfaces ?? []).map((nic, index): EventDraft => {
    const speed = nic.speed_mbps ?? 0;
    const event = draftEvent('nic.speed', { ...told, nic_speed: speed }, cause(`:${index}`));
    return { ...event, measures: [{ metric: 'cluster_host_nic_gb', labels, value: speed / 1_000 }] };
  });
  return [machine, ...disks, ...interfaces];
}
