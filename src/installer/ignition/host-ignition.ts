import { rootFile } from '../../domain/ignition/root-file';
import type { IgnitionConfig } from '../../domain/ignition/ignition-config';
import { mergeIgnition } from '../../domain/ignition/merge-ignition';
import { parseIgnition } from '../../domain/ignition/parse-ignition';
import { effectiveHostname } from '../../domain/host/effective-hostname';
import type { Host } from '../../domain/host/model';

/** The configuration a host is installed with: that of its role, its name, and the user's own part laid over. Throws IgnitionError. */
export function renderHostIgnition(host: Host, roleIgnition: IgnitionConfig): IgnitionConfig {
  const named = mergeIgnition(roleIgnition, {
    ignition: { version: roleIgnition.ignition.version },
    storage: {
      files: [rootFile('/etc/hostname', 0o644, effectiveHostname(host))],
    },
  });
  return host.ignitionConfigOverrides === '' ? named : mergeIgnition(named, parseIgnition(host.ignitionConfigOverrides));
}
