import type { ClusterFact } from '../../cluster/facts';
import type { ImageStatus } from '../../host/facts';
import { DecodeError } from '../decode';
import { decodeImages } from '../decode-replies';
import type { ReplyReader } from '../step-reply';

/** Which images the host could pull; the first word on an image is told as well. */
export const readImagesReply: ReplyReader = (output, { host }) => {
  const images = (decodeImages(output, 'reply').images ?? []).map(({ name, result, ...figures }, index): ImageStatus => {
    if (name === undefined || result === undefined) throw new DecodeError(`reply.images[${index}] lacks its name or result`);
    return { name, ...figures, result };
  });
  const known = host.facts.imagesStatus;
  const facts = images.filter(({ name }) => known[name] === undefined).map((image): ClusterFact => ({
    kind: 'hostImageStatus', hostId: host.id, name: image.name, result: image.result,
    sizeBytes: image.size_bytes ?? 0, timeSeconds: image.time ?? 0, downloadRate: image.download_rate ?? 0,
  }));
  return {
    patch: { imagesStatus: { ...known, ...Object.fromEntries(images.map((image) => [image.name, image])) } },
    ...(facts.length > 0 ? { facts } : {}),
  };
};
