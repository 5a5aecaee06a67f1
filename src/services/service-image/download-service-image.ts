import type { UserActor } from '../../auth/actor';
import { serviceImageKey } from '../../domain/service-image/service-image';
import { openObject, type Download, type DownloadRequest } from '../clusters/open-object';
import type { ServiceDeps } from '../deps';
import { NotFound } from '../errors';

export const noServiceImage = (): NotFound => new NotFound('You have no service image; it was not made, or it has expired.');

/**
 * Opens the service image of the user. Throws NotFound when none was made or it has expired. The image holds his pull secret and
 * belongs to no cluster whose events could tell of the download, so the log does.
 */
export async function downloadServiceImage(deps: Pick<ServiceDeps, 'store' | 'log'>, actor: UserActor, request: DownloadRequest, requestId: string): Promise<Download> {
  const key = serviceImageKey(actor.userName);
  const download = await openObject(deps, key, key, { ...request, isImage: true }, noServiceImage);
  if (download.content.kind === 'whole' || download.content.kind === 'range') logServiceImageAccess(deps.log, actor, requestId, 'direct');
  return download;
}

/** Leaves a line of who could read the service image of a user: by a download, or by an address that whoever has it can use. */
export function logServiceImageAccess(log: ServiceDeps['log'], actor: UserActor, requestId: string, access: 'direct' | 'signed'): void {
  log.info({ audit: 'secret_downloaded', actor: actor.userName, kind: actor.kind, file: 'the service image', access, requestId }, 'a secret was downloaded');
}
