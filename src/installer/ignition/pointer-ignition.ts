import { toDataUrl } from '../../domain/ignition/data-url';
import type { IgnitionConfig } from '../../domain/ignition/ignition-config';

/** The configuration of a role: it fetches the real one from the cluster that is being born. */
export function renderPointerIgnition({ role, zone, rootCa }: { role: 'master' | 'worker'; zone: string; rootCa: string }): IgnitionConfig {
  return {
    ignition: {
      version: '3.1.0',
      config: { merge: [{ source: `https://api-int.${zone}:22623/config/${role}` }] },
      security: { tls: { certificateAuthorities: [{ source: toDataUrl(rootCa) }] } },
    },
  };
}
