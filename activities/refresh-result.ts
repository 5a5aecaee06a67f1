import type { DeadlineName, Evaluation } from '../src/domain/cluster/evaluation';
import { planDnsRecords } from '../src/domain/dns/plan-dns-records';
import { inactivityDeadline } from '../src/domain/cluster/time-limits';
import type { ClusterSnapshot } from '../src/domain/cluster/model';
import { wantedSubscription } from '../src/domain/subscription/wanted';
import type { CarriedHost } from '../workflows/cluster/contract';
import { cutStatusInfo, toCarriedHost } from './carried-host';
import type { ActivityDeps } from './deps';
import { findHostChanges } from './host-changes';
import { hashDocuments } from './hash-documents';
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
    /** When the first host was deregistered whose rows are still there. */
    firstRemovalAt: Date | null;
    pullSecretHash: string;
    /** The hosts as the workflow knows them, where it says so. */
    knownHosts?: readonly CarriedHost[] | undefined;
  },
): RefreshResult {
  const { cluster, hosts } = work.snapshot;
  const withSubscription = deps.subscriptions !== null && cluster.kind === 'Cluster';
  const duties = work.deregisteredAt ? [] : (work.evaluation?.duties ?? []).filter((duty) => duty !== 'deregisterInactive');
  const deadline = earliest(toCarriedDeadline(work.evaluation), permanentDeletion(deps, work));
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
    hosts: work.knownHosts ? findHostChanges(work.knownHosts, hosts.map(toCarriedHost)) : hosts.map(toCarriedHost),
    deadline,
    duties,
    wanted: withSubscription ? wantedSubscription(work.snapshot, work.deregisteredAt !== null) : null,
    documents: hashDocuments(work.snapshot, work.pullSecretHash),
    ...dnsOf(deps, work.snapshot, duties.includes('prepare'), work.deregisteredAt),
  };
}

/** What the workflow has to know of a cluster in a managed domain. An installed cluster that only fell asleep here runs on, and is looked up by its names. */
function dnsOf({ dns, settings }: ActivityDeps, snapshot: ClusterSnapshot, isToPrepare: boolean, deregisteredAt: Date | null): Pick<RefreshResult, 'dnsRecords' | 'keepsDnsRecords'> {
  if (!dns) return {};
  const wasForgotten = deregisteredAt !== null && snapshot.cluster.status === 'installed' && inactivityDeadline(snapshot.cluster, settings) <= deregisteredAt;
  if (wasForgotten) return { keepsDnsRecords: true };
  const dnsRecords = isToPrepare ? planDnsRecords(snapshot, dns.domains) : [];
  return dnsRecords.length === 0 ? {} : { dnsRecords };
}

type CarriedDeadline = RefreshResult['deadline'];

/** Of the deregistered cluster, whose other deadlines do not count any more, or of a host that was taken out of a living one. */
function permanentDeletion({ settings }: ActivityDeps, { deregisteredAt, firstRemovalAt }: { deregisteredAt: Date | null; firstRemovalAt: Date | null }): CarriedDeadline {
  const since = deregisteredAt ?? firstRemovalAt;
  if (since === null) return null;
  return { name: (deregisteredAt ? 'permanent deletion' : 'permanent deletion of a host') satisfies DeadlineName, at: since.getTime() + settings.deadlines.permanentDeletion };
}

function earliest(a: CarriedDeadline, b: CarriedDeadline): CarriedDeadline {
  if (a === null || b === null) return a ?? b;
  return a.at <= b.at ? a : b;
}

function toCarriedDeadline(evaluation: Evaluation | null): RefreshResult['deadline'] {
  const deadline = evaluation?.deadline;
  return deadline ? { name: deadline.name, at: deadline.at.getTime(), ...(deadline.hostId && { hostId: deadline.hostId }) } : null;
}
