import { randomBytes } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const epochSeconds = 1_400_000_000;

/** A new KSUID: 27 base-62 characters, sortable by second of creation, the id format of OCM objects. */
export function createKsuid(now: Date = new Date()): string {
  const bytes = Buffer.concat([Buffer.alloc(4), randomBytes(16)]);
  bytes.writeUInt32BE(Math.floor(now.getTime() / 1000) - epochSeconds, 0);
  let value = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  while (text.length < 27) {
    text = (alphabet[Number(value % 62n)] ?? '0') + text;
    value /= 62n;
  }
  return text;
}
