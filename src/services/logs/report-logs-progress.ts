import type { ClusterFact } from '../../domain/cluster/facts';
import type { ClusterStatus } from '../../domain/cluster/status';
import type { ClusterSnapshot } from '../../domain/cluster/model';
import type { LogsState } from '../../domain/logs-state';
import { factsChangedSignal } from '../../../workflows/cluster/messages';
import type { AgentServiceDeps } from '../agent-deps';
import { NotFound } from '../errors';
import { recordFacts } from '../facts/record-fact';
import { tellWorkflow } from '../facts/tell-workflow';
import { withLockedCluster } from '../facts/with-cluster';
import { scopeOf, type LogSource } from './log-source';

/** What a collection of logs has come to; `uploaded` when an archive was stored just now. */
export interface LogsProgress {
  state: LogsState;
  uploaded: boolean;
}

/** Where an installation has stopped, people wait for logs; until then nothing depends on them and the next refresh takes them along. */
const awaited: readonly ClusterStatus[] = ['error', 'cancelled'];

/** UpdateHostLogsProgress, UpdateClusterLogsProgress, and the end of each upload. Throws NotFound. */
export async function reportLogsProgress(deps: AgentServiceDeps, clusterId: string, source: LogSource, progress: LogsProgress): Promise<void> {
  const what = await withLockedCluster(deps, scopeOf(clusterId, source), async ({ tx, snapshot, versions }) => {
    assertSource(snapshot, source);
    const isToTell = await recordFacts(tx, versions, [toFact(source, progress)], new Date(), { waiting: !awaited.includes(snapshot.cluster.status) });
    return isToTell ? `logs of ${source.type === 'host' ? `host ${source.hostId}` : 'the controller'}: ${progress.uploaded ? 'uploaded' : progress.state || 'none'}` : undefined;
  });
  if (what !== undefined) tellWorkflow(deps, clusterId, factsChangedSignal, { what });
}

/** Throws NotFound where logs would come from a host that the cluster does not have. */
export function assertSource({ cluster, hosts }: ClusterSnapshot, source: LogSource): void {
  if (source.type === 'controller' || hosts.some((host) => host.id === source.hostId)) return;
  throw new NotFound(`Host ${source.hostId} of cluster ${cluster.id} was not found.`);
}

const toFact = (source: LogSource, progress: LogsProgress): ClusterFact =>
  source.type === 'host' ? { kind: 'hostLogsProgress', hostId: source.hostId, ...progress } : { kind: 'controllerLogsProgress', ...progress };
