import { X509Certificate } from 'node:crypto';
import { ArtefactError } from '../artefact-error';

const knownFields = new Set([
  'apiVersion', 'baseDomain', 'metadata', 'proxy', 'networking', 'compute', 'controlPlane', 'platform', 'bootstrapInPlace', 'fips', 'pullSecret',
  'sshKey', 'imageContentSources', 'additionalTrustBundle', 'publish', 'credentialsMode', 'capabilities', 'cpuPartitioningMode', 'featureSet',
]);

type Fields = Record<string, unknown>;

/**
 * Lays the user's overrides (JSON, empty for none) over an install-config: objects field by field, all else as a whole;
 * fields an install-config does not have are left out. Throws ArtefactError when they are no object or the trust bundle is no PEM.
 */
export function applyInstallConfigOverrides(config: Fields, overrides: string): Fields {
  if (overrides === '') return config;
  const known = Object.fromEntries(Object.entries(readOverrides(overrides)).filter(([name]) => knownFields.has(name)));
  const merged = mergeFields(config, known);
  if (known.additionalTrustBundle !== undefined) checkTrustBundle(merged.additionalTrustBundle);
  return merged;
}

function readOverrides(text: string): Fields {
  try {
    const value: unknown = JSON.parse(text);
    if (isFields(value)) return value;
  } catch {
    // Told below: the parser's message would quote the text.
  }
  throw new ArtefactError('the install-config overrides are not a JSON object');
}

function mergeFields(base: Fields, over: Fields): Fields {
  const merged = { ...base };
  for (const [name, value] of Object.entries(over)) {
    const before = merged[name];
    merged[name] = isFields(value) && isFields(before) ? mergeFields(before, value) : value;
  }
  return merged;
}

function checkTrustBundle(bundle: unknown): void {
  try {
    if (typeof bundle === 'string' && new X509Certificate(bundle)) return;
  } catch {
    // Told below.
  }
  throw new ArtefactError('additionalTrustBundle of the install-config overrides is not a PEM certificate');
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
