import type { ClusterSnapshot } from '../../domain/cluster/model';
import { hostsOfRole } from '../hosts-of-role';
import { isAtLeast } from '../openshift-version';

/** Bare metal with VIPs and named hosts; none when the user brings the network or there is one node. */
export function renderPlatform(snapshot: ClusterSnapshot) {
  const { userManagedNetworking, highAvailabilityMode, apiVip, ingressVip, openshiftVersion } = snapshot.cluster;
  if (userManagedNetworking || highAvailabilityMode === 'None') return { none: {} };
  return {
    baremetal: {
      // From 4.7 on the provisioning network can be switched off altogether.
      provisioningNetwork: isAtLeast(openshiftVersion, 4, 7) ? 'Disabled' : 'Unmanaged',
      apiVIP: apiVip,
      ingressVIP: ingressVip,
      hosts: [...renderHosts(snapshot, 'master'), ...renderHosts(snapshot, 'worker')],
    },
  };
}

function renderHosts(snapshot: ClusterSnapshot, role: 'master' | 'worker') {
  return hostsOfRole(snapshot, role).map((host, index) => ({
    name: `openshift-${role}-${index}`,
    role,
    bootMACAddress: host.facts.inventory?.interfaces?.[0]?.mac_address ?? '',
    bootMode: host.facts.inventory?.boot?.current_boot_mode === 'uefi' ? 'UEFI' : 'legacy',
  }));
}
