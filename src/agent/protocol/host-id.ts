import { createHash } from 'node:crypto';

const unusableSerials = new Set(['', 'unknown', 'None']);
const zeroUuid = '00000000-0000-0000-0000-000000000000';

/**
 * The id of a host: the MD5 of its motherboard's serial number in the form of a UUID (no version or variant bits).
 * Without a usable serial it is the system's UUID in lower case, and without that the zero UUID.
 */
export function hostIdOf(motherboardSerial: string, systemUuid = ''): string {
  if (unusableSerials.has(motherboardSerial)) return systemUuid === '' ? zeroUuid : systemUuid.toLowerCase();
  const hash = createHash('md5').update(motherboardSerial).digest('hex');
  return [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20)].join('-');
}
