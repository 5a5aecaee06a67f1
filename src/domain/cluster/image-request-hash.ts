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

/**
 * Canonical hash, 32 hex digits, of all that a discovery image is made from: the request and the cluster's proxy. An
 * image made from a request with the same hash is used again. Overrides of the ignition are not in it: they delete the image.
 */
export function imageRequestHash({ sshPublicKey, imageType, staticNetworkConfig }: ImageRequest, { httpProxy, httpsProxy, noProxy }: Cluster): string {
  const canonical = JSON.stringify([sshPublicKey, imageType, staticNetworkConfig, httpProxy, httpsProxy, noProxy]);
  return fnv1a(canonical, 0xcbf29ce484222325n) + fnv1a(canonical, 0x9ae16a3b2f90404fn);
}
