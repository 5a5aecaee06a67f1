export interface UnpackedEntry {
  name: string;
  mode: number;
  mtime: number;
  content: Buffer;
}

/** Reads a cpio archive in the "newc" format: what a kernel would see. */
export function unpackCpio(archive: Buffer): UnpackedEntry[] {
  const entries: UnpackedEntry[] = [];
  for (let offset = 0; ;) {
    if (archive.toString('latin1', offset, offset + 6) !== '070701') throw new Error(`no header at ${offset}`);
    const field = (index: number) => parseInt(archive.toString('latin1', offset + 6 + 8 * index, offset + 14 + 8 * index), 16);
    const nameEnd = offset + 110 + field(11);
    const name = archive.toString('utf8', offset + 110, nameEnd - 1);
    if (name === 'TRAILER!!!') return entries;
    const start = Math.ceil(nameEnd / 4) * 4;
    entries.push({ name, mode: field(1), mtime: field(5), content: archive.subarray(start, start + field(6)) });
    offset = Math.ceil((start + field(6)) / 4) * 4;
  }
}
