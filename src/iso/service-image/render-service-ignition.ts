import { toDataUrl } from '../../domain/ignition/data-url';
import type { IgnitionConfig, IgnitionFile } from '../../domain/ignition/ignition-config';
import { IgnitionError } from '../../domain/ignition/ignition-error';
import { validateIgnition } from '../../domain/ignition/validate-ignition';
import type { ServiceImageRequest } from '../../domain/service-image/service-image';

const motd = `
  This machine was started from a service image. It is meant to run the
  installation service on the premises: log in as core with your SSH key.
  The credentials of the registries are in place, so that podman can pull
  the images of the service as root and as core.

`;

const file = (path: string, mode: number, owner: string, content: string): IgnitionFile =>
  ({ path, mode, overwrite: true, user: { name: owner }, contents: { source: toDataUrl(content) } });

/**
 * The configuration of a live system that is to run the service, as JSON (specification 3.1.0): the user's keys and registry
 * credentials. Throws IgnitionError when a value does not fit; messages quote no secret.
 */
export function renderServiceIgnition({ sshPublicKey, pullSecret }: Pick<ServiceImageRequest, 'sshPublicKey' | 'pullSecret'>): string {
  const keys = sshPublicKey.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const config: IgnitionConfig = {
    ignition: { version: '3.1.0' },
    passwd: { users: [{ name: 'core', passwordHash: '!', groups: ['sudo'], ...(keys.length > 0 ? { sshAuthorizedKeys: keys } : {}) }] },
    storage: {
      files: [
        file('/etc/motd', 0o644, 'root', motd),
        file('/root/.docker/config.json', 0o600, 'root', pullSecret),
        file('/etc/assisted-service/pull-secret.json', 0o600, 'core', pullSecret),
        file('/etc/profile.d/registry-credentials.sh', 0o644, 'root', 'if [ "$(id -un)" = core ]; then export REGISTRY_AUTH_FILE=/etc/assisted-service/pull-secret.json; fi\n'),
      ],
    },
  };
  const [problem] = validateIgnition(config);
  if (problem !== undefined) throw new IgnitionError(`the ignition of the service image is not valid: ${problem}`);
  return JSON.stringify(config);
}
