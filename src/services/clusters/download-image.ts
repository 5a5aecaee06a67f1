import { appendEvents } from '../../db/events';
import { draftEvent } from '../../domain/events/draft-event';
import type { ServiceDeps } from '../deps';
import { describeFault } from '../describe-fault';
import { NotFound } from '../errors';
import { recordDownload } from '../events/record-download';
import type { FileDownload } from './download-file';
import { loadCluster } from './load-cluster';
import { openObject, type Download } from './open-object';

/** Opens the discovery image. Throws NotFound when none was made or it has expired. */
export async function downloadImage(deps: ServiceDeps, request: FileDownload): Promise<Download> {
  const { clusterId, actor, requestId } = request;
  const { infraEnv } = await loadCluster(deps, clusterId);
  const absent = () => new NotFound(`Cluster ${clusterId} has no discovery image; it was not generated, or it has expired.`);
  if (!infraEnv.imageGenerated) throw absent();
  const download = await openObject(deps, `discovery-image-${clusterId}.iso`, `cluster-${clusterId}-discovery.iso`, request, absent).catch(async (error: unknown) => {
    await noteFailure(deps, clusterId, infraEnv.imageCreatedAt, requestId);
    throw error;
  });
  // A download in pieces is one download.
  const { content } = download;
  if (content.kind === 'whole' || (content.kind === 'range' && content.range.startsWith('bytes 0-'))) {
    await recordDownload(deps, actor, clusterId, 'the discovery image', requestId);
  }
  return download;
}

async function noteFailure(deps: ServiceDeps, clusterId: string, createdAt: Date | null, requestId: string): Promise<void> {
  const event = draftEvent('image_download_failed', {}, { clusterId, cause: createdAt?.getTime() ?? 0, at: new Date() });
  await appendEvents(deps.db, [event], requestId).catch((error: unknown) => deps.log.warn({ fault: describeFault(error), clusterId, requestId }, 'an event could not be stored'));
}
