const ocmKey = 'cloud.openshift.com';

/** Never asked for: a registry for internal testing. */
const exemptRegistries = ['registry.stage.redhat.io'];
/** Other keys under which the credentials of a registry may be. */
const alternativeKeys: Record<string, string[]> = { 'docker.io': ['https://index.docker.io/v1/'] };

export interface PullSecretRules {
  /** Registries of the images in use that ask for credentials. */
  requiredRegistries: readonly string[];
  /** Whether agents authenticate by the secret's token of the cluster manager. */
  requireOcmToken: boolean;
}

/** Why a text is no usable pull secret, undefined when it is one. The reason never holds any part of the credentials. */
export function checkPullSecret(secret: string, { requiredRegistries, requireOcmToken }: PullSecretRules): string | undefined {
  const auths = readAuths(secret);
  if (typeof auths === 'string') return auths;
  for (const [registry, auth] of auths) {
    if (auth === undefined) return `The pull secret has no "auth" for ${registry}`;
    const decoded = decodeBase64(auth);
    if (decoded === undefined) return `The pull secret's "auth" of ${registry} is not base64`;
    const parts = decoded.split(':');
    if (parts.length !== 2) return `The pull secret's "auth" of ${registry} is not of the form user:password`;
  }
  if (requireOcmToken && !auths.has(ocmKey)) return `The pull secret has no credentials for "${ocmKey}"`;
  const missing = requiredRegistries.filter((registry) => !exemptRegistries.includes(registry))
    .find((registry) => ![registry, ...(alternativeKeys[registry] ?? [])].some((key) => auths.has(key)));
  return missing === undefined ? undefined : `The pull secret has no credentials for "${missing}"`;
}

/** The token agents authenticate with: the base64 `auth` of the cluster manager. Undefined when the secret has none. */
export function findAgentToken(secret: string): string | undefined {
  const auths = readAuths(secret);
  return typeof auths === 'string' ? undefined : auths.get(ocmKey);
}

/** Registry → base64 credentials, or why the secret can't be read. */
function readAuths(secret: string): Map<string, string | undefined> | string {
  let parsed: unknown;
  try {
    parsed = JSON.parse(secret);
  } catch {
    return 'The pull secret is not JSON';
  }
  const auths = isObject(parsed) ? parsed['auths'] : undefined;
  if (!isObject(auths) || Object.keys(auths).length === 0) return 'The pull secret has no "auths"';
  return new Map(Object.entries(auths).map(([registry, entry]) => {
    const auth = isObject(entry) ? entry['auth'] : undefined;
    return [registry, typeof auth === 'string' && auth !== '' ? auth : undefined];
  }));
}

function decodeBase64(text: string): string | undefined {
  try {
    return atob(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
