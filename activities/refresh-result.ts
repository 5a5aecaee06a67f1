import { effectiveHostname } from '../src/domain/host/effective-hostname';
import type { Evaluation } from '../src/domain/cluster/evaluation';
import type { ClusterSnapshot } from '../src/domain/cluster/model';
import { wantedSubscription } from '../src/domain/subscription/wanted';
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
    alarm: string | null;
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
      statusInfo: cluster.statusInfo,
    },
    hosts: hosts.map((host) => ({ id: host.id, name: effectiveHostname(host), role: host.role, bootstrap: host.bootstrap, status: host.status, stage: host.stage })),
    deadline,
    duties: work.deregisteredAt ? [] : (work.evaluation?.duties ?? []).filter((duty) => duty !== 'deregisterInactive'),
    wanted: withSubscription ? wantedSubscription(work.snapshot, work.deregisteredAt !== null) : null,
    alarm: work.alarm,
  };
}

function toCarriedDeadline(evaluation: Evaluation | null): RefreshResult['deadline'] {
  const deadline = evaluation?.deadline;
  return deadline ? { name: deadline.name, at: deadline.at.getTime(), ...(deadline.hostId && { hostId: deadline.hostId }) } : null;
}
