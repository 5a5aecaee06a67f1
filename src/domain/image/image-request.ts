import type { InfraEnv } from '../cluster/model';

/** Everything a discovery image depends on; two equal requests give interchangeable images. Holds no secret, only digests of them. */
export interface ImageRequest {
  clusterId: string;
  imageType: InfraEnv['imageType'];
  rhcosVersion: string;
  sshPublicKey: string;
  /** Stored form, empty when none. */
  staticNetworkConfig: string;
  httpProxy: string;
  httpsProxy: string;
  noProxy: string;
  ignitionConfigOverrides: string;
  /** One-way digests: of the pull secret, and of what the service itself puts into every image. */
  pullSecretDigest: string;
  serviceDigest: string;
}

/** Canonical form of a request: equal for equal requests, whatever the order of their fields. It is what a hash is taken of. */
export function imageRequestKey(request: ImageRequest): string {
  const entries = Object.entries(request).sort(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify(entries);
}
