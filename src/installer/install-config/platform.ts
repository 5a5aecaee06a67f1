import { enabledHosts } from '../../domain/cluster/enabled-hosts';
import type { ClusterSnapshot } from '../../domain/cluster/model';
import { effectiveHostname } from '../../domain/host/effective-hostname';
import type { Host } from '../../domain/host/model';

/** Bare metal with VIPs and named hosts; none when the user brings the network or there is one node. */
export function renderPlatform(snapshot: ClusterSnapshot) {
  const { userManagedNetworking, highAvailabilityMode, apiVip, ingressVip, openshiftVersion } = snapshot.cluster;
  if (userManagedNetworking || highAvailabilityMode === 'None') return { none: {} };
  return {
    baremetal: {
      provisioningNetwork: knowsDisabledProvisioning(openshiftVersion) ? 'Disabled' : 'Unmanaged',
      apiVIP: apiVip,
      ingressVIP: ingressVip,
      hosts: [...renderHosts(snapshot, 'master'), ...renderHosts(snapshot, 'worker')],
    },
  };
}

function renderHosts(snapshot: ClusterSnapshot, role: 'master' | 'worker') {
  const hosts = enabledHosts(snapshot).filter((host) => host.role === role);
  return hosts.sort(byHostname).map((host, index) => ({
    name: `openshift-${role}-${index}`,
    role,
    bootMACAddress: host.facts.inventory?.interfaces?.[0]?.mac_address ?? '',
    bootMode: host.facts.inventory?.boot?.current_boot_mode === 'uefi' ? 'UEFI' : 'legacy',
  }));
}

function byHostname(left: Host, right: Host): number {
  const [a, b] = [effectiveHostname(left), effectiveHostname(right)];
  return a < b ? -1 : Number(a > b);
}

/** From 4.7 on the provisioning network can be switched off altogether. */
function knowsDisabledProvisioning(openshiftVersion: string): boolean {
  const [major = 0, minor = 0] = openshiftVersion.split('.').map((part) => parseInt(part, 10));
  return major > 4 || (major === 4 && minor >= 7);
}
