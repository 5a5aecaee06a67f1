import type { CapabilitySigner } from '../../auth/capability';
import { discoveryImageKey } from '../../domain/cluster/discovery-image';
import type { Store } from '../../store/store';

/** File name that the signed address of a discovery image is bound to. */
export const imageCapability = 'discovery.iso';

/** The name that a discovery image is downloaded under. */
export const imageFileName = (clusterId: string): string => `cluster-${clusterId}-discovery.iso`;

/** Makes the address at which whoever has it can fetch the image of a cluster until it expires. */
export type ImageUrlOf = (clusterId: string, expiresAt: Date) => Promise<string>;

/**
 * Addresses of this service, which records each download.
 * @param baseUrl address of the API without the base path
 */
export function urlsOfService(baseUrl: string, signer: Pick<CapabilitySigner, 'sign'>): ImageUrlOf {
  const root = baseUrl.replace(/\/$/, '');
  return async (clusterId, expiresAt) => {
    const token = await signer.sign({ method: 'GET', clusterId, file: imageCapability, expiresAt });
    return `${root}/api/assisted-install/v1/clusters/${clusterId}/downloads/image?api_key=${token}`;
  };
}

/**
 * Addresses of the S3 server, which users must reach: a download does not pass through this service, and only the S3 server sees it.
 * @param lifetimeMs how long an image lives, at most seven days: the signature counts from its beginning, so that the address stays the same
 */
export function urlsOfStorage(store: Pick<Store, 'presignGet'>, lifetimeMs: number): ImageUrlOf {
  return (clusterId, expiresAt) => {
    const at = new Date(Math.min(expiresAt.getTime() - lifetimeMs, Date.now()));
    const expiresInSeconds = (expiresAt.getTime() - at.getTime()) / 1000;
    return store.presignGet({ bucket: 'private', key: discoveryImageKey(clusterId) }, { fileName: imageFileName(clusterId), expiresInSeconds, at });
  };
}
