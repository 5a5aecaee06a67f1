import type { ClusterManager } from './manager';
import { phaseOf, type Phase } from './phase';

/** Answer of the `explain` query: where the cluster stands and what it waits for. Times are RFC 3339. */
export interface Explanation {
  clusterId: string;
  name: string;
  phase: Phase;
  status: string;
  statusInfo: string;
  hosts: { id: string; name: string; role: string; status: string; stage: string }[];
  nextDeadline: { name: string; at: string } | null;
  subscription: { wanted: string | null; applied: string | null; failures: number; retryAt: string | null; lookAgainAt: string | null; refused: string | null };
  /** Whether the state object of the private bucket has the newest documents. */
  documents: { stored: boolean; failures: number; retryAt: string | null };
  /** DNS records that may be there on behalf of the cluster. */
  dns: { names: string[]; failures: number; retryAt: string | null };
  revision: number;
  refreshFailures: number;
  attentionNeeded: string | null;
}

const time = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

export function explain(manager: ClusterManager): Explanation {
  const { state } = manager;
  const { wanted, applied, failures, retryAt, lookAgainAt, refused } = state.subscription;
  return {
    clusterId: state.clusterId,
    name: state.name,
    phase: phaseOf(state),
    status: state.status,
    statusInfo: state.statusInfo,
    hosts: state.hosts.map((host) => ({ id: host.id, name: host.name, role: host.bootstrap ? 'bootstrap' : host.role, status: host.status, stage: host.stage })),
    nextDeadline: state.deadline && { name: state.deadline.name, at: new Date(state.deadline.at).toISOString() },
    subscription: {
      wanted: wanted && (wanted.released ? 'released' : wanted.status),
      applied: applied && (applied.released ? 'released' : applied.status),
      failures,
      retryAt: time(retryAt),
      lookAgainAt: time(lookAgainAt),
      refused,
    },
    documents: { stored: state.documents.wanted === state.documents.stored, failures: state.documents.failures, retryAt: time(state.documents.retryAt) },
    dns: { names: state.dns.records.map(({ name }) => name), failures: state.dns.failures, retryAt: time(state.dns.retryAt) },
    revision: state.revision,
    refreshFailures: manager.refreshFailures,
    attentionNeeded: state.attentionNeeded,
  };
}
