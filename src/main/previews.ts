import { ArtefactError } from '../installer/artefact-error';
import type { ArtefactSite } from '../installer/artefact-generator';
import { renderInstallConfig } from '../installer/install-config/render-install-config';
import { ImageError } from '../iso/image-error';
import type { DiscoveryImageMaker } from '../iso/image-maker';
import type { InstallationPreviews } from '../services/deps';
import { Invalid } from '../services/errors';

/** Shows what images and installations would be made of, by the code that makes them. */
export function createPreviews(images: Pick<DiscoveryImageMaker, 'renderIgnition'>, site: ArtefactSite): InstallationPreviews {
  return {
    installConfig: (snapshot, pullSecret) => refusing(() => renderInstallConfig({ snapshot, pullSecret }, site)),
    async discoveryIgnition(snapshot, pullSecret) {
      const { sshAuthorizedKey: sshPublicKey, imageType, staticNetworkConfig } = snapshot.infraEnv;
      const order = { clusterId: snapshot.cluster.id, snapshot, pullSecret, sshPublicKey, imageType, staticNetworkConfig };
      return images.renderIgnition(order).catch(refuse);
    },
  };
}

function refusing(render: () => string): string {
  try {
    return render();
  } catch (error) {
    return refuse(error);
  }
}

function refuse(error: unknown): never {
  if (error instanceof ArtefactError || error instanceof ImageError) throw new Invalid(error.message);
  throw error;
}
