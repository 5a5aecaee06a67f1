import { descriptorLength, descriptorOffset, parseEmbedArea } from './embed-area';
import { firstDescriptorSector, sectorBytes } from './format/iso9660';
import { ImageError } from './image-error';

/** ISO 9660: the system area, and behind it the primary volume descriptor. */
const descriptorStart = firstDescriptorSector * sectorBytes;
const standardId = { offset: descriptorStart + 1, text: 'CD001' };
const volumeBlocks = descriptorStart + 80;
const blockBytes = descriptorStart + 128;

/** How many of its first bytes tell what an image is. */
export const liveImageHeadBytes = descriptorStart + sectorBytes;

/**
 * Throws ImageError unless this is the beginning of a whole live image: a proxy's page about its error comes with the status 200, too, and a
 * connection that breaks may look like the end.
 */
export function checkLiveImage(head: Uint8Array, sizeBytes: number): void {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const isIso = bytes.length === liveImageHeadBytes && bytes.toString('latin1', standardId.offset, standardId.offset + standardId.text.length) === standardId.text;
  if (!isIso) {
    const isPage = /^\s*<(!doctype|html|\?xml)/i.test(bytes.toString('latin1', 0, 200));
    throw new ImageError(`its ${sizeBytes} bytes are no ISO 9660 image${isPage ? ', but a page for people: look at the address, and at the proxies on the way' : ''}`);
  }
  const wholeBytes = bytes.readUInt32LE(volumeBlocks) * bytes.readUInt16LE(blockBytes);
  if (sizeBytes < wholeBytes) throw new ImageError(`it is cut off: ${sizeBytes} of ${wholeBytes} bytes`);
  parseEmbedArea(bytes.subarray(descriptorOffset, descriptorOffset + descriptorLength), sizeBytes);
}
