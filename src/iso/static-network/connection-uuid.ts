import { createHash } from 'node:crypto';

/** Namespace of the connections that this service makes. */
const namespace = Buffer.from('6f0f62f0e2d94b2f9d3b8d4f1f0f7a51', 'hex');

/** UUID (version 5) of the connection of an interface: the same in every image and on every host. */
export function connectionUuid(interfaceName: string): string {
  const bytes = createHash('sha1').update(namespace).update(interfaceName).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
