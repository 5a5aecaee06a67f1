import { gunzipSync } from 'node:zlib';

const descriptorAt = 32_744;
const descriptorSize = 24;
const magic = 'coreiso+';

/** A file of a cpio archive (newc); undefined when it has none of that name. */
function findInCpio(archive: Buffer, wanted: string): Buffer | undefined {
  let at = 0;
  while (at + 110 <= archive.length && archive.toString('latin1', at, at + 6) === '070701') {
    const number = (field: number): number => parseInt(archive.toString('latin1', at + 6 + field * 8, at + 14 + field * 8), 16);
    const [size, nameSize] = [number(6), number(11)];
    const name = archive.toString('utf8', at + 110, at + 110 + nameSize - 1);
    const content = Math.ceil((at + 110 + nameSize) / 4) * 4;
    if (name === wanted) return archive.subarray(content, content + size);
    at = Math.ceil((content + size) / 4) * 4;
  }
  return undefined;
}

/** Finds the ignition configuration in a live image that streams by; only the few parts it needs are kept. */
export class EmbedAreaReader {
  /** Bytes seen so far. */
  size = 0;
  private readonly head: Buffer[] = [];
  private readonly area: Buffer[] = [];
  private range: { from: number; to: number } | undefined;

  push(chunk: Uint8Array): void {
    const from = this.size;
    this.size += chunk.length;
    const headEnd = descriptorAt + descriptorSize;
    if (from < headEnd) {
      this.head.push(Buffer.from(chunk.subarray(0, headEnd - from)));
      if (this.size >= headEnd) this.range = this.readDescriptor();
    }
    if (!this.range || this.size <= this.range.from || from >= this.range.to) return;
    this.area.push(Buffer.from(chunk.subarray(Math.max(0, this.range.from - from), this.range.to - from)));
  }

  /** The text of config.ign. Throws when the image carries none. */
  readIgnition(): string {
    if (!this.range) throw new Error('the image has no embed area: no descriptor where a live image has one');
    const area = Buffer.concat(this.area);
    if (area.length < this.range.to - this.range.from) throw new Error('the image ends inside its embed area');
    if (area.readUInt16BE(0) !== 0x1f8b) throw new Error('the embed area of the image is empty');
    const config = findInCpio(gunzipSync(area), 'config.ign');
    if (!config) throw new Error('the embed area of the image has no config.ign');
    return config.toString('utf8');
  }

  private readDescriptor(): { from: number; to: number } | undefined {
    const descriptor = Buffer.concat(this.head).subarray(descriptorAt);
    if (descriptor.toString('latin1', 0, 8) !== magic) return undefined;
    const from = Number(descriptor.readBigUInt64LE(8));
    return { from, to: from + Number(descriptor.readBigUInt64LE(16)) };
  }
}
