import { stringify } from 'yaml';
import { enabledHosts } from '../../domain/cluster/enabled-hosts';
import type { ClusterSnapshot } from '../../domain/cluster/model';
import type { Host } from '../../domain/host/model';
import type { IgnitionConfig, IgnitionFile } from '../../domain/ignition/ignition-config';
import { rootFile } from '../../domain/ignition/root-file';
import { ipv6IdentityFile, serviceCaFile, serviceHostsFile } from '../../domain/ignition/service-files';
import { vipMacs } from '../../domain/network/vip-macs';
import type { ArtefactSite } from '../artefact-generator';
import { putIgnitionFiles } from '../ignition/put-file';

/** What the hosts of a role need beside the configuration that their cluster serves them. */
export function editRole(config: IgnitionConfig, role: 'master' | 'worker', snapshot: ClusterSnapshot, site: ArtefactSite): IgnitionConfig {
  const hosts = enabledHosts(snapshot);
  return putIgnitionFiles(config, [
    ...(site.serviceCaCertificate ? [serviceCaFile(site.serviceCaCertificate)] : []),
    ...(role === 'master' ? leaseFiles(snapshot) : []),
    ...(hosts.length > 0 && hosts.every(hasIpv6) ? [ipv6IdentityFile()] : []),
    ...(site.serviceIps?.length ? [serviceHostsFile(site.serviceIps)] : []),
  ]);
}

/** Lets the masters go on with the leases of the virtual addresses that were got before the installation. */
function leaseFiles({ cluster }: ClusterSnapshot): IgnitionFile[] {
  if (!cluster.vipDhcpAllocation) return [];
  const macs = vipMacs(cluster.id);
  const monitored = stringify({
    'api-vip': { name: 'api', 'mac-address': macs.api, 'ip-address': cluster.apiVip },
    'ingress-vip': { name: 'ingress', 'mac-address': macs.ingress, 'ip-address': cluster.ingressVip },
  });
  const leases = [['lease-api', cluster.apiVipLease], ['lease-ingress', cluster.ingressVipLease]] as const;
  return [
    rootFile('/etc/keepalived/unsupported-monitor.conf', 0o644, monitored),
    ...leases.filter(([, lease]) => lease !== '').map(([name, lease]) => rootFile(`/etc/keepalived/${name}`, 0o644, lease)),
  ];
}

function hasIpv6({ facts }: Host): boolean {
  return (facts.inventory?.interfaces ?? []).some((card) => (card.ipv6_addresses ?? []).length > 0);
}
