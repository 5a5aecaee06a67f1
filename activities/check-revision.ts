import type { RefreshRequest } from './contract';
import { failureTypes, permanentFailure } from './failures';

/**
 * Compares the revision of the rows with the workflow's, so that an attempt that comes late never writes over a later one.
 * Both failures carry the rows' revision: RevisionBehind when the rows are older than the workflow (a restored or lost database),
 * RevisionAhead, which also carries the id of the refresh that wrote them, when they are ahead by more than an earlier attempt of
 * this very refresh explains.
 */
export function checkRevision(request: RefreshRequest, versions: { revision: number; refreshId: string } | undefined): void {
  if (!versions) {
    if (request.revision === 0) return;
    throw permanentFailure(failureTypes.revisionBehind, 'The rows of this cluster are gone: the database was lost or is older than the workflow.', 0);
  }
  if (versions.revision < request.revision) {
    throw permanentFailure(failureTypes.revisionBehind, `The rows have revision ${versions.revision}, the workflow knows ${request.revision}: the database is older than the workflow.`, versions.revision);
  }
  if (versions.revision === request.revision || versions.refreshId === request.refreshId) return;
  throw permanentFailure(failureTypes.revisionAhead, `The rows have revision ${versions.revision}, the workflow knows ${request.revision}: a refresh that it does not know wrote them.`, versions.revision, versions.refreshId);
}
