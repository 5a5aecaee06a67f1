import { createSecretBox, type SecretBox } from './secret-box';

const prefix = 'sealed:';
let box: SecretBox | undefined;

/** Gives the sealed columns their key, base64 of 32 bytes: one for the process, because tables are described before any connection is made. */
export function setColumnKey(keyBase64: string): void {
  box = createSecretBox(keyBase64);
}

/** What a sealed column stores of a text; nothing is hidden of the empty one. Throws while there is no key. */
export function sealColumn(plain: string): string {
  return plain === '' ? '' : prefix + getBox().seal(plain).toString('base64');
}

/** The text of a sealed column; one that was written before its column was sealed is as it was. Throws when the key is another. */
export function openColumn(stored: string): string {
  return stored.startsWith(prefix) ? getBox().open(Buffer.from(stored.slice(prefix.length), 'base64')) : stored;
}

function getBox(): SecretBox {
  if (!box) throw new Error('The sealed columns have no key.');
  return box;
}
