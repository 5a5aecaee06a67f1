import type { ImageDownload } from '../../../services/clusters/download-image';
import { downloadReply } from '../../download-reply';
import { imageLinkHeader } from '../../image-link-header';
import type { RequestContext } from '../../operation';
import type { Reply } from '../../reply';

/** A discovery image as a download, with its short address. */
export function imageReply({ deps, actor }: RequestContext, download: ImageDownload): Reply {
  const reply = downloadReply(download);
  // Whoever has a signed address gets no second one from it.
  const address = actor.kind === 'signed' ? '' : deps.services.imageLinks.shortLinkTo(download.clusterId, download.infraEnv);
  return { ...reply, headers: { ...reply.headers, ...imageLinkHeader(address) } };
}
