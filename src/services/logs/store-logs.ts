import { Limiter } from '../../store/limiter';
import type { Store } from '../../store/store';
import { StoreError } from '../../store/store-error';
import type { AgentServiceDeps } from '../agent-deps';
import { Unavailable } from '../errors';
import { withLockedCluster } from '../facts/with-cluster';
import { logsKey, scopeOf, type LogSource } from './log-source';
import { assertSource, reportLogsProgress } from './report-logs-progress';

export interface StoreLogsDeps extends AgentServiceDeps {
  store: Pick<Store, 'publishStream'>;
}

/** Each upload under way holds up to 40 MiB; a cluster of hundreds of hosts sends its logs at once. */
const uploads = new Limiter(12);

/**
 * UploadHostLogs, UploadLogs: stores an archive in the place of the former one as it comes, then tells the workflow.
 * An upload that breaks off leaves nothing behind. Throws NotFound, Unavailable, or what `open` and reading throw.
 * @param open begins to read the archive; not called for a cluster or host that is not there
 */
export async function storeLogs(deps: StoreLogsDeps, clusterId: string, source: LogSource, open: () => Promise<AsyncIterable<Uint8Array>>): Promise<void> {
  await withLockedCluster(deps, scopeOf(clusterId, source), ({ snapshot }) => Promise.resolve(assertSource(snapshot, source)));
  await uploads.run(async () => {
    const content = await open();
    try {
      await deps.store.publishStream({ bucket: 'private', key: logsKey(clusterId, source) }, content, { contentType: 'application/gzip' });
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      throw new Unavailable('The file storage does not take the logs now; send them again.', 10, { cause: error });
    }
  });
  await reportLogsProgress(deps, clusterId, source, { state: 'collecting', uploaded: true });
}
