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
    return completeSecrets(file, JSON.parse(text) as StackSecrets);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new LaunchError(`${file} is damaged; without it the stored data cannot be read: restore it, or remove ${dataDir}`);
  }
}

/** Adds the identities that an older version of this project did not make. */
function completeSecrets(file: string, secrets: StackSecrets): StackSecrets {
  const identities = { ...makeDevIdentities(), ...secrets.identities };
  const complete = { ...secrets, identities };
  if (Object.keys(identities).length > Object.keys(secrets.identities).length) write(file, complete);
  return complete;
}

function createSecrets(file: string): StackSecrets {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const secrets: StackSecrets = {
    encryptionKey: randomBytes(32).toString('base64'),
    urlSigningKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    identities: makeDevIdentities(),
  };
  write(file, secrets);
  return secrets;
}

function write(file: string, secrets: StackSecrets): void {
  writeFileSync(`${file}.new`, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
