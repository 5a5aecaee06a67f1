import { createHash } from 'node:crypto';
import type { Settings } from './schema';

/** Settings that every discovery image carries something of. */
const imageSettings = [
  'SERVICE_BASE_URL', 'AGENT_DOCKER_IMAGE', 'SKIP_CERT_VERIFICATION', 'AGENT_TIMEOUT_START', 'AUTH_TYPE', 'EC_PRIVATE_KEY_PEM', 'SERVICE_CA_CERTIFICATE',
  'SERVICE_IPS', 'IMAGE_CONTENT_SOURCES', 'ADDITIONAL_TRUST_BUNDLE', 'INSTALL_RH_CA', 'RH_ROOT_CA', 'OPENSHIFT_VERSIONS',
] as const satisfies (keyof Settings)[];

/**
 * Stands for what the configuration puts into every discovery image. Who has corrected the address of the service, or its authority, gets
 * other images than before by the same request.
 */
export const imageBasis = (settings: Pick<Settings, (typeof imageSettings)[number]>): string =>
  createHash('sha256').update(JSON.stringify(imageSettings.map((name) => settings[name] ?? null))).digest('hex');
