import type { SignedActor } from '../../auth/actor';
import type { ServiceDeps } from '../deps';
import { Gone, NotFound } from '../errors';
import { guardCluster } from '../guard';
import { downloadImage } from './download-image';
import { imageCapability } from './image-urls';
import type { Download, DownloadRequest } from './open-object';

/** The bearer of a short address, as every check knows him. Throws NotFound for an address that is not ours, Gone for one whose time is over. */
export function readImageLink({ imageLinks }: Pick<ServiceDeps, 'imageLinks'>, name: string): { clusterId: string; actor: SignedActor } {
  const link = imageLinks.readShort(name);
  if (!link) throw new NotFound('There is no image at this address: it was not copied whole, or is not of this service.');
  const { clusterId, expired } = link;
  if (expired) throw gone(clusterId);
  return { clusterId, actor: { kind: 'signed', claims: { method: 'GET', clusterId, file: imageCapability } } };
}

/** Opens the image of a short address, by the rules of the long one. Throws Gone when there is none any more. */
export async function openImageLink(deps: ServiceDeps, { clusterId, actor }: ReturnType<typeof readImageLink>, request: DownloadRequest & { requestId: string }): Promise<Download> {
  try {
    guardCluster(actor, 'download', clusterId, deps.owners.peek(clusterId) ?? (await deps.owners.find(clusterId)));
    return await downloadImage(deps, { ...request, clusterId, actor });
  } catch (error) {
    throw error instanceof NotFound ? gone(clusterId) : error;
  }
}

const gone = (clusterId: string): Gone =>
  new Gone(`This address or its image has expired. Generate the image of cluster ${clusterId} again by POST /clusters/${clusterId}/downloads/image; the header Link of the answer has a new address.`);
