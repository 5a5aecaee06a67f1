import { toDataUrl } from '../../domain/ignition/data-url';
import type { DiscoveryInput } from './discovery-input';
import type { IgnitionFile } from '../../domain/ignition/ignition-config';
import { selinuxPolicy } from './selinux-policy';

export const serviceCaPath = '/etc/assisted-service/service-ca-cert.crt';
const serviceHostName = 'assisted-api.local.openshift.io';

const motd = `
  **  **  **  **  **  **  **  **  **  **  **  **  **  **  **  **  **  **
  This machine was started from a discovery image. An agent collects its
  hardware details and waits for the installation of its cluster.

  Follow the agent with:  journalctl -fu agent
  **  **  **  **  **  **  **  **  **  **  **  **  **  **  **  **  **  **

`;

/** A power cut while an image is stored leaves it listed but unreadable, and every later start fails: such an image is removed. */
const imageRepair = `#!/bin/sh
image="$1"
if podman image exists "$image" && ! podman image inspect "$image" >/dev/null 2>&1; then
  echo "image $image is damaged, removing it"
  podman rmi --force "$image" || true
fi
exit 0
`;

const ipv6Identity = `[connection]
ipv6.dhcp-iaid=mac
ipv6.dhcp-duid=ll
`;

/** Files of the live system. */
export function renderDiscoveryFiles(input: DiscoveryInput): IgnitionFile[] {
  return [
    file('/usr/local/bin/agent-fix-bz1964591', 0o755, imageRepair),
    file('/etc/motd', 0o644, motd),
    file('/etc/NetworkManager/conf.d/01-ipv6.conf', 0o644, ipv6Identity),
    file('/root/.docker/config.json', 0o600, input.pullSecret),
    file('/root/assisted.te', 0o644, selinuxPolicy),
    ...(input.serviceCaCertificate ? [file(serviceCaPath, 0o644, input.serviceCaCertificate)] : []),
    ...(input.serviceIps?.length ? [hostsEntries(input.serviceIps)] : []),
    ...(input.mirrorRegistriesConfig ? [file('/etc/containers/registries.conf', 0o644, input.mirrorRegistriesConfig)] : []),
    ...(input.mirrorCaCertificate ? [file('/etc/pki/ca-trust/source/anchors/domain.crt', 0o644, input.mirrorCaCertificate)] : []),
  ];
}

function file(path: string, mode: number, content: string): IgnitionFile {
  return { path, mode, overwrite: true, user: { name: 'root' }, contents: { source: toDataUrl(content) } };
}

function hostsEntries(addresses: readonly string[]): IgnitionFile {
  const lines = addresses.map((address) => `${address} ${serviceHostName}\n`).join('');
  return { path: '/etc/hosts', mode: 0o644, overwrite: false, user: { name: 'root' }, append: [{ source: toDataUrl(lines) }] };
}
