import { createHash } from 'node:crypto';
import { documentsOf } from '../src/domain/cluster/documents';
import type { ClusterSnapshot } from '../src/domain/cluster/model';
import { canonicalJson } from '../src/domain/instructions/canonical-json';

/** Hash of the documents of a cluster, its pull secret among them. */
export const hashDocuments = (snapshot: ClusterSnapshot, pullSecretHash: string): string =>
  createHash('sha256').update(canonicalJson({ ...documentsOf(snapshot), pullSecretHash })).digest('base64url');

/** As src/db/pull-secret tells it of a stored one. */
export const hashPullSecret = (sealed: Buffer | null): string => (sealed === null ? '' : createHash('sha256').update(sealed).digest('hex'));
