import type { ImageRequest } from '../../services/clusters/generate-image';
import type { ImageCreateParams } from '../schemas/image-create-params';

export const toImageRequest = (params: ImageCreateParams): ImageRequest => ({
  sshPublicKey: params.ssh_public_key ?? '',
  ...(params.image_type && { imageType: params.image_type }),
  staticNetwork: (params.static_network_config ?? []).map((host) => ({
    networkYaml: host.network_yaml ?? '',
    macInterfaceMap: (host.mac_interface_map ?? []).map(({ mac_address, logical_nic_name }) => ({
      macAddress: mac_address ?? '',
      logicalNicName: logical_nic_name ?? '',
    })),
  })),
});
