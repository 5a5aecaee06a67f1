import type { UserActor } from '../../auth/actor';
import { serviceImageKey } from '../../domain/service-image/service-image';
import { openObject, type Download, type DownloadRequest } from '../clusters/open-object';
import type { ServiceDeps } from '../deps';
import { NotFound } from '../errors';

export const noServiceImage = (): NotFound => new NotFound('You have no service image; it was not made, or it has expired.');

/** Opens the service image of the user. Throws NotFound when none was made or it has expired. */
export async function downloadServiceImage(deps: Pick<ServiceDeps, 'store'>, { userName }: UserActor, request: DownloadRequest): Promise<Download> {
  const key = serviceImageKey(userName);
  return openObject(deps, key, key, request, noServiceImage);
}
