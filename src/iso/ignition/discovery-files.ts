import type { DiscoveryInput } from './discovery-input';
import type { IgnitionFile } from '../../domain/ignition/ignition-config';
import { rootFile } from '../../domain/ignition/root-file';
import { ipv6IdentityFile, serviceCaFile, serviceHostsFile } from '../../domain/ignition/service-files';
import { bootScript, bootScriptPath } from '../static-network/boot-script';
import { selinuxPolicy } from './selinux-policy';

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

/** Files of the live system. */
export function renderDiscoveryFiles(input: DiscoveryInput): IgnitionFile[] {
  return [
    rootFile('/usr/local/bin/agent-fix-bz1964591', 0o755, imageRepair),
    rootFile('/etc/motd', 0o644, motd),
    ipv6IdentityFile(),
    rootFile('/root/.docker/config.json', 0o600, input.pullSecret),
    rootFile('/root/assisted.te', 0o644, selinuxPolicy),
    ...(input.serviceCaCertificate ? [serviceCaFile(input.serviceCaCertificate)] : []),
    ...(input.serviceIps?.length ? [serviceHostsFile(input.serviceIps)] : []),
    ...(input.rhRootCaCertificate ? [rootFile('/etc/pki/ca-trust/source/anchors/rh-it-root-ca.crt', 0o644, input.rhRootCaCertificate)] : []),
    ...(input.mirrorRegistriesConfig ? [rootFile('/etc/containers/registries.conf', 0o644, input.mirrorRegistriesConfig)] : []),
    ...input.staticNetwork.map(({ path, mode, content }) => rootFile(path, mode, content)),
    ...(input.staticNetwork.length > 0 ? [rootFile(bootScriptPath, 0o755, bootScript)] : []),
    ...(input.mirrorCaCertificate ? [rootFile('/etc/pki/ca-trust/source/anchors/domain.crt', 0o644, input.mirrorCaCertificate)] : []),
  ];
}
