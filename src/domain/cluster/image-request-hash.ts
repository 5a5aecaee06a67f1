import { foldStaticNetwork } from '../static-network/stored-form';
import type { Cluster } from './model';

export interface ImageRequest {
  sshPublicKey: string;
  imageType: 'full-iso' | 'minimal-iso';
  /** Stored form, empty when none. */
  staticNetworkConfig: string;
}

const prime = 0x100000001b3n;
const mask = (1n << 64n) - 1n;

/** FNV-1a over UTF-16 code units: tells requests apart, protects nothing. */
function fnv1a(text: string, seed: bigint): string {
  let hash = seed;
  for (let index = 0; index < text.length; index += 1) hash = ((hash ^ BigInt(text.charCodeAt(index))) * prime) & mask;
  return hash.toString(16).padStart(16, '0');
}

/** What a text lists, without what makes no difference to an image: space around the entries, and empty ones. */
const entriesOf = (text: string, separator: string): string[] => text.split(separator).map((entry) => entry.trim()).filter((entry) => entry !== '');

/**
 * Canonical hash, 32 hex digits, of all that a discovery image is made from: the request, the cluster's proxy, and what the service
 * puts into every image. An image made from a request with the same hash is used again. Overrides of the ignition are not in it: they
 * delete the image.
 * @param basis of the settings
 */
export function imageRequestHash({ sshPublicKey, imageType, staticNetworkConfig }: ImageRequest, { httpProxy, httpsProxy, noProxy }: Cluster, basis: string): string {
  const canonical = JSON.stringify([entriesOf(sshPublicKey, '\n'), imageType, foldStaticNetwork(staticNetworkConfig), httpProxy, httpsProxy, entriesOf(noProxy, ','), basis]);
  return fnv1a(canonical, 0xcbf29ce484222325n) + fnv1a(canonical, 0x9ae16a3b2f90404fn);
}
