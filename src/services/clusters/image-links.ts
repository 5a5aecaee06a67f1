import type { ImageLinkSigner } from '../../auth/image-link';
import { BoundedMap } from '../../auth/bounded-map';
import type { InfraEnv } from '../../domain/cluster/model';
import type { ImageUrlOf } from './image-urls';

export interface ImageLinks {
  /** Where the image can be downloaded by whoever has the address, until it expires; empty when there is no image. */
  linkTo(clusterId: string, infraEnv: InfraEnv): Promise<string>;
  /** The same as a short address without a query that ends in `.iso`, for the firmware of machines. */
  shortLinkTo(clusterId: string, infraEnv: InfraEnv): string;
  /** What the last part of a short address is for; undefined for one that is not ours. */
  readShort(name: string): { clusterId: string; expired: boolean } | undefined;
}

export const imageLinkPath = '/images';

/**
 * @param baseUrl address of the API without the base path
 */
export function createImageLinks(baseUrl: string, urlOf: ImageUrlOf, short: ImageLinkSigner): ImageLinks {
  const root = baseUrl.replace(/\/$/, '');
  const made = new BoundedMap<string>(20_000);
  return {
    async linkTo(clusterId, { imageGenerated, imageExpiresAt }) {
      if (!imageGenerated || imageExpiresAt === null) return '';
      const key = `${clusterId}/${imageExpiresAt.getTime()}`;
      const address = made.get(key) ?? (await urlOf(clusterId, imageExpiresAt));
      made.set(key, address);
      return address;
    },
    shortLinkTo(clusterId, { imageGenerated, imageExpiresAt }) {
      if (!imageGenerated || imageExpiresAt === null) return '';
      return `${root}${imageLinkPath}/${short.sign(clusterId, imageExpiresAt)}.iso`;
    },
    readShort: (name) => (name.endsWith('.iso') ? short.read(name.slice(0, -'.iso'.length)) : undefined),
  };
}
