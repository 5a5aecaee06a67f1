import { discoveryImageKey } from '../../domain/cluster/discovery-image';
import type { InfraEnv } from '../../domain/cluster/model';
import { draftEvent } from '../../domain/events/draft-event';
import type { ServiceDeps } from '../deps';
import { NotFound } from '../errors';
import { noteEvent } from '../events/note-event';
import { recordDownload } from '../events/record-download';
import type { FileDownload } from './download-file';
import { loadCluster } from './load-cluster';
import { imageFileName } from './image-urls';
import { openObject, type Download, type DownloadContent } from './open-object';
import { tellOfDownload } from './tell-of-download';

export interface ImageDownload extends Download {
  clusterId: string;
  infraEnv: InfraEnv;
}

/** Opens the discovery image. Throws NotFound when none was made or it has expired. */
export async function downloadImage(deps: ServiceDeps, request: FileDownload): Promise<ImageDownload> {
  const { clusterId, actor, requestId } = request;
  const { infraEnv } = await loadCluster(deps, clusterId);
  const absent = () => new NotFound(`Cluster ${clusterId} has no discovery image; it was not generated, or it has expired. Generate one by POST /clusters/${clusterId}/downloads/image.`);
  const cause = { clusterId, cause: infraEnv.imageCreatedAt?.getTime() ?? 0 };
  const noteFailure = (obstacle: 'storage' | 'absent'): Promise<void> =>
    noteEvent(deps, draftEvent('image_download_failed', { obstacle }, { ...cause, cause: `${obstacle}:${cause.cause}`, at: new Date() }), requestId);
  // Its removal follows the end of its time, at once or, after an outage, later.
  const isOver = infraEnv.imageExpiresAt !== null && infraEnv.imageExpiresAt.getTime() <= Date.now();
  if (!infraEnv.imageGenerated || isOver) {
    await noteFailure('absent');
    throw absent();
  }
  const download = await openObject(deps, discoveryImageKey(clusterId), imageFileName(clusterId), { ...request, isImage: true }, absent).catch(async (error: unknown) => {
    await noteFailure('storage');
    throw error;
  });
  const { content, sizeBytes } = download;
  return tellOfDownload({ ...download, clusterId, infraEnv }, async () => {
    if (content.kind !== 'whole' && content.kind !== 'range') return;
    const isPiece = content.length < sizeBytes;
    if (!isPiece || beginsAtZero(content)) {
      await noteEvent(deps, draftEvent('image_download_started', { imageType: infraEnv.imageType }, { ...cause, at: new Date() }), requestId);
    }
    // Firmware reads the same pieces over and over, those at the beginning most of all; any may hold the secrets.
    if (isPiece) await recordDownload(deps, actor, clusterId, 'parts of the discovery image', requestId, { inPieces: true });
    else await recordDownload(deps, actor, clusterId, 'the discovery image', requestId);
  });
}

const beginsAtZero = (content: DownloadContent): boolean => content.kind === 'range' && content.range.startsWith('bytes 0-');
