import type { Machine } from '../machine/machine';
import { readText } from '../machine/read';
import { isRecord } from '../protocol/is-record';

/** Where a discovery image keeps the pull secret. */
export const pullSecretPath = '/root/.docker/config.json';

/** The machine's credentials for a registry, `user:password` in base64; undefined when it has none. */
export async function findAuth(machine: Machine, registry: string): Promise<string | undefined> {
  const text = await readText({ root: machine.hostRoot }, pullSecretPath);
  try {
    const secret: unknown = JSON.parse(text);
    const auths: unknown = isRecord(secret) ? secret['auths'] : undefined;
    const entry: unknown = isRecord(auths) ? auths[registry] : undefined;
    return isRecord(entry) && typeof entry['auth'] === 'string' ? entry['auth'] : undefined;
  } catch {
    return undefined;
  }
}
