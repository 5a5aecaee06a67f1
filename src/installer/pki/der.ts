/** DER (ITU-T X.690) of the few ASN.1 types a certificate is made of. */
export const der = {
  sequence: (...items: Buffer[]) => encode(0x30, ...items),
  set: (...items: Buffer[]) => encode(0x31, ...items),
  integer: (bytes: Buffer) => encode(0x02, unsigned(bytes)),
  boolean: (value: boolean) => encode(0x01, Buffer.from([value ? 0xff : 0])),
  bitString: (bytes: Buffer, unusedBits = 0) => encode(0x03, Buffer.from([unusedBits]), bytes),
  octetString: (bytes: Buffer) => encode(0x04, bytes),
  utf8String: (text: string) => encode(0x0c, Buffer.from(text)),
  objectId: (dotted: string) => encode(0x06, objectIdBytes(dotted)),
  time: (at: Date) => encodeTime(at),
  /** A value under a context-specific tag that wraps whole types. */
  explicit: (tag: number, ...items: Buffer[]) => encode(0xa0 | tag, ...items),
  /** A value under a context-specific tag that takes the place of its type's own. */
  implicit: (tag: number, bytes: Buffer) => encode(0x80 | tag, bytes),
};

function encode(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  if (content.length < 0x80) return Buffer.concat([Buffer.from([tag, content.length]), content]);
  const length = unsigned(Buffer.from(content.length.toString(16).padStart(8, '0'), 'hex'), false);
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, content]);
}

/** Without leading zeros, but with the one that keeps an integer positive. */
function unsigned(bytes: Buffer, isInteger = true): Buffer {
  const start = Math.min(bytes.findIndex((byte) => byte !== 0) & 0xffff, bytes.length - 1);
  const shortest = bytes.subarray(start);
  return isInteger && (shortest[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.from([0]), shortest]) : shortest;
}

function objectIdBytes(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const arc of rest) {
    const groups = [arc & 0x7f];
    for (let value = Math.floor(arc / 128); value > 0; value = Math.floor(value / 128)) groups.unshift((value & 0x7f) | 0x80);
    bytes.push(...groups);
  }
  return Buffer.from(bytes);
}

/** RFC 5280 4.1.2.5: two-digit years up to 2049, four digits after. */
function encodeTime(at: Date): Buffer {
  const digits = at.toISOString().replace(/[-:T]/g, '').slice(0, 14);
  return at.getUTCFullYear() < 2050 ? encode(0x17, Buffer.from(`${digits.slice(2)}Z`)) : encode(0x18, Buffer.from(`${digits}Z`));
}
