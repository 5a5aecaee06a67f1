import type { RefreshRequest } from './contract';
import { failureTypes, permanentFailure } from './failures';

/**
 * Compares the revision of the rows with the workflow's.
 * @returns an alarm when the rows are ahead by more than an earlier attempt of this very refresh explains
 * Throws RevisionBehind when the rows are older than the workflow: a restored database.
 */
export function checkRevision(request: RefreshRequest, versions: { revision: number; refreshId: string } | undefined): string | null {
  if (!versions) {
    if (request.revision === 0) return null;
    throw permanentFailure(failureTypes.revisionBehind, 'The rows of this cluster are gone: the database was lost or is older than the workflow.');
  }
  if (versions.revision < request.revision) {
    throw permanentFailure(failureTypes.revisionBehind, `The rows have revision ${versions.revision}, the workflow knows ${request.revision}: the database is older than the workflow.`);
  }
  if (versions.revision === request.revision || versions.refreshId === request.refreshId) return null;
  return `The rows have revision ${versions.revision}, the workflow knows ${request.revision}: somebody else wrote them.`;
}
