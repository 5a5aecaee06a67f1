import { gunzipSync } from 'node:zlib';

/** The bytes that a data URL (RFC 2397) of an Ignition configuration holds, unpacked when it says gzip. Throws for any other address. */
export function decodeSource({ source = '', compression = '' }: { source?: string; compression?: string }): Buffer {
  if (source === '') return Buffer.alloc(0);
  const parts = /^data:([^,]*),(.*)$/s.exec(source);
  if (!parts) throw new Error(`only data URLs are taken here, not ${source.slice(0, 80)}`);
  const [, head = '', data = ''] = parts;
  const bytes = head.endsWith(';base64') ? Buffer.from(decodeURIComponent(data), 'base64') : Buffer.from(decodeURIComponent(data));
  if (compression !== '' && compression !== 'gzip') throw new Error(`the compression ${compression} is not known`);
  return compression === 'gzip' ? gunzipSync(bytes) : bytes;
}
