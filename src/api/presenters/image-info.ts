import type { InfraEnv } from '../../domain/cluster/model';
import type { WireImageInfo } from '../schemas/image-info';
import { formatTime, omitEmpty } from './wire-values';

/** Size and type appear with the first image that was built; the address only while there is an image. */
export function presentImageInfo(infraEnv: InfraEnv, imageUrl: string): WireImageInfo {
  const built = infraEnv.imageSizeBytes > 0;
  return {
    created_at: formatTime(infraEnv.imageCreatedAt),
    expires_at: formatTime(infraEnv.imageExpiresAt),
    ...omitEmpty({
      ssh_public_key: infraEnv.sshAuthorizedKey,
      static_network_config: infraEnv.staticNetworkConfig,
      size_bytes: infraEnv.imageSizeBytes,
      type: built ? infraEnv.imageType : null,
      download_url: imageUrl,
    }),
  };
}
