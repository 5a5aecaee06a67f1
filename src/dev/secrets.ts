import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LaunchError } from './launch-error';
import { makeDevIdentities, type DevIdentities } from './identities';

export interface StackSecrets {
  /** base64, 32 bytes. */
  encryptionKey: string;
  /** PKCS8 PEM of an EC P-256 key. */
  urlSigningKey: string;
  identities: DevIdentities;
}

/** The secrets of a data directory: made at its first start, kept in a file only its owner can read. */
export function loadSecrets(dataDir: string): StackSecrets {
  const file = join(dataDir, 'secrets.json');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return createSecrets(file);
  }
  try {
    return JSON.parse(text) as StackSecrets;
  } catch {
    throw new LaunchError(`${file} is damaged; without it the stored data cannot be read: restore it, or remove ${dataDir}`);
  }
}

function createSecrets(file: string): StackSecrets {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const secrets: StackSecrets = {
    encryptionKey: randomBytes(32).toString('base64'),
    urlSigningKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    identities: makeDevIdentities(),
  };
  writeFileSync(`${file}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return secrets;
}
