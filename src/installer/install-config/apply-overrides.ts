import { ArtefactError } from '../artefact-error';
import { readCertificates } from '../pki/read-certificates';
import { overridesSchema } from './overrides-schema';

type Fields = Record<string, unknown>;

/**
 * Lays the user's overrides (JSON, empty for none) over an install-config: objects field by field, lists entry by entry (a list is then as long as the
 * user's), all else as a whole; fields an install-config does not have are left out. Throws ArtefactError when they are no object, when a field has the
 * wrong type (by its path), the trust bundle is no PEM or the platform is another than that of the cluster.
 */
export function applyInstallConfigOverrides(config: Fields, overrides: string): Fields {
  if (overrides === '') return config;
  const known = readOverrides(overrides);
  if (known.additionalTrustBundle !== undefined) readCertificates(known.additionalTrustBundle, 'additionalTrustBundle of the install-config overrides');
  checkPlatform(config.platform, known.platform ?? {});
  return mergeFields(config, known);
}

function readOverrides(text: string) {
  const result = overridesSchema.safeParse(parseJson(text));
  if (result.success) return result.data;
  const problems = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new ArtefactError(`the install-config overrides do not fit: ${problems.join('; ')}`);
}

function parseJson(text: string): Fields {
  try {
    const value: unknown = JSON.parse(text);
    if (isFields(value)) return value;
  } catch {
    // Told below: the parser's message would quote the text.
  }
  throw new ArtefactError('the install-config overrides are not a JSON object');
}

/** An install-config has one platform, which follows from the networking of the cluster. */
function checkPlatform(platform: unknown, overrides: Fields): void {
  const own = isFields(platform) ? Object.keys(platform) : [];
  const other = Object.keys(overrides).find((name) => !own.includes(name));
  if (other !== undefined) throw new ArtefactError(`platform.${other} of the install-config overrides: the platform of this cluster is ${own.join(', ')}`);
}

function merge(before: unknown, over: unknown): unknown {
  if (Array.isArray(before) && Array.isArray(over)) return over.map((entry, index) => merge(before[index], entry));
  return isFields(before) && isFields(over) ? mergeFields(before, over) : over;
}

function mergeFields(base: Fields, over: Fields): Fields {
  return { ...base, ...Object.fromEntries(Object.entries(over).map(([name, value]) => [name, merge(base[name], value)])) };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
