export interface CpioEntry {
  name: string;
  /** File type and permission bits, as stat gives them: 0o100644 is a readable file. */
  mode: number;
  /** Of a symbolic link: its target. */
  content?: Buffer | string;
}

/**
 * An archive in the "newc" format of cpio, which a kernel unpacks as its first root: owner root, time 0, so equal entries give equal
 * bytes, the ones that coreos-installer writes.
 */
export function packCpio(entries: readonly CpioEntry[]): Buffer {
  return Buffer.concat([...entries, { name: 'TRAILER!!!', mode: 0 }].map(packEntry));
}

/** A header of hexadecimal fields, the name, the content, each padded to 4 bytes. */
function packEntry({ name, mode, content = '' }: CpioEntry): Buffer {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const nameBytes = Buffer.from(`${name}\0`);
  // Number 0 for all: with one link each, nothing is taken for a second name of something.
  const fields = [0, mode, 0, 0, 1, 0, bytes.length, 0, 0, 0, 0, nameBytes.length, 0];
  const header = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`;
  return Buffer.concat([padToWord(Buffer.concat([Buffer.from(header), nameBytes])), padToWord(bytes)]);
}

function padToWord(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}
