import type { Evaluation } from '../src/domain/cluster/evaluation';
import type { ClusterSnapshot } from '../src/domain/cluster/model';
import { wantedSubscription } from '../src/domain/subscription/wanted';
import { cutStatusInfo, toCarriedHost } from './carried-host';
import type { ActivityDeps } from './deps';
import type { IntentOutcome, RefreshResult } from './contract';

/** The small part of a refresh that the workflow keeps. */
export function toRefreshResult(
  deps: ActivityDeps,
  work: {
    snapshot: ClusterSnapshot;
    intents: Record<string, IntentOutcome>;
    evaluation: Evaluation | null;
    revision: number;
    appliedVersion: number;
    deregisteredAt: Date | null;
  },
): RefreshResult {
  const { cluster, hosts } = work.snapshot;
  const withSubscription = deps.subscriptions !== null && cluster.kind === 'Cluster';
  const deadline = work.deregisteredAt
    ? { name: 'permanent deletion', at: work.deregisteredAt.getTime() + deps.settings.deadlines.permanentDeletion }
    : toCarriedDeadline(work.evaluation);
  return {
    kind: work.deregisteredAt ? 'deregistered' : 'live',
    revision: work.revision,
    appliedVersion: work.appliedVersion,
    intents: work.intents,
    cluster: {
      name: cluster.name,
      baseDnsDomain: cluster.baseDnsDomain,
      userName: cluster.userName,
      orgId: cluster.orgId,
      openshiftVersion: cluster.openshiftVersion,
      status: cluster.status,
      statusInfo: cutStatusInfo(cluster.statusInfo),
    },
    hosts: hosts.map(toCarriedHost),
    deadline,
    duties: work.deregisteredAt ? [] : (work.evaluation?.duties ?? []).filter((duty) => duty !== 'deregisterInactive'),
    wanted: withSubscription ? wantedSubscription(work.snapshot, work.deregisteredAt !== null) : null,
  };
}

function toCarriedDeadline(evaluation: Evaluation | null): RefreshResult['deadline'] {
  const deadline = evaluation?.deadline;
  return deadline ? { name: deadline.name, at: deadline.at.getTime(), ...(deadline.hostId && { hostId: deadline.hostId }) } : null;
}
