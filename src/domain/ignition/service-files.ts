import { toDataUrl } from './data-url';
import type { IgnitionFile } from './ignition-config';
import { rootFile } from './root-file';

/** Where agents, installers and controllers look for the authority of the service's certificate. */
export const serviceCaPath = '/etc/assisted-service/service-ca-cert.crt';
const serviceHostName = 'assisted-api.local.openshift.io';

const ipv6Identity = `[connection]
ipv6.dhcp-iaid=mac
ipv6.dhcp-duid=ll
`;

/** PEM of the authority that signed the service's certificate. */
export const serviceCaFile = (pem: string): IgnitionFile => rootFile(serviceCaPath, 0o644, pem);

/** Makes a DHCPv6 server recognize a host by its network card before and after the installation. */
export const ipv6IdentityFile = (): IgnitionFile => rootFile('/etc/NetworkManager/conf.d/01-ipv6.conf', 0o644, ipv6Identity);

/** Lets a host find the service by a fixed name where there is no DNS for it. */
export function serviceHostsFile(addresses: readonly string[]): IgnitionFile {
  const lines = addresses.map((address) => `${address} ${serviceHostName}\n`).join('');
  return { path: '/etc/hosts', mode: 0o644, overwrite: false, user: { name: 'root' }, append: [{ source: toDataUrl(lines) }] };
}
