import type { UserActor } from '../../auth/actor';
import { serviceImageKey } from '../../domain/service-image/service-image';
import { StoreError } from '../../store/store-error';
import type { ServiceDeps } from '../deps';
import { Unavailable } from '../errors';
import { logServiceImageAccess, noServiceImage } from './download-service-image';

/** Address in the file storage from which the service image of the user can be fetched until it expires. Throws NotFound. */
export async function linkServiceImage({ store, settings, log }: Pick<ServiceDeps, 'store' | 'settings' | 'log'>, actor: UserActor, requestId: string): Promise<string> {
  const key = serviceImageKey(actor.userName);
  const info = await store.headObject({ bucket: 'private', key }).catch((error: unknown) => {
    if (!(error instanceof StoreError)) throw error;
    throw new Unavailable('The file storage does not answer; try again.', 5, { cause: error });
  });
  if (!info) throw noServiceImage();
  const now = new Date();
  const age = now.getTime() - (info.lastModified ?? now).getTime();
  const expiresInSeconds = Math.floor((settings.deadlines.imageExpiration - age) / 1000);
  if (expiresInSeconds < 1) throw noServiceImage();
  // Its use is seen by the file storage alone.
  logServiceImageAccess(log, actor, requestId, 'signed');
  return store.presignGet({ bucket: 'private', key }, { fileName: key, expiresInSeconds, at: now });
}
