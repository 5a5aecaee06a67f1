import type { Context } from 'hono';
import { imageLinkPath } from '../services/clusters/image-links';
import { openImageLink, readImageLink } from '../services/clusters/open-image-link';
import { NotFound } from '../services/errors';
import { downloadReply } from './download-reply';
import { callerAddress } from './middleware/caller-address';
import { callerOf, serve, type ServedAs, type ServingContext } from './serve-operation';

export const imageLinkRoute = `${imageLinkPath}/{name}`;
const servedAs: ServedAs = { operationId: 'DownloadImageByShortLink', timeLimitSeconds: null, logLevel: 'info', hasSecretPath: true };

/** Answers GET and HEAD of the short address of a discovery image: no redirect, no query, no header that firmware could not send. */
export function serveImageLink(serving: ServingContext, c: Context): Promise<Response> {
  const { services, rateLimits, trustedProxies } = serving.deps;
  return serve(serving, servedAs, c, imageLinkRoute, async (requestId, seen) => {
    const address = callerAddress(c, trustedProxies);
    await rateLimits.mayTry(address);
    try {
      const link = readImageLink(services, c.req.param('name') ?? '');
      seen.caller = callerOf(link.actor);
      await rateLimits.admit(link.actor, { clusterId: link.clusterId, hostId: undefined });
      const request = { requestId, headOnly: c.req.method === 'HEAD', range: c.req.header('range'), ifRange: c.req.header('if-range') };
      return downloadReply(await openImageLink(services, link, request));
    } catch (error) {
      if (error instanceof NotFound) await rateLimits.refused(address);
      throw error;
    }
  });
}
