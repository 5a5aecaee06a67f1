import { pause } from '../../agent/protocol/pause';
import type { WireCluster } from '../../agent/protocol/wire-cluster';
import type { ClusterStatus } from '../../domain/cluster/status';
import type { UserApi } from './user-api';

const usualBetweenLooksMs = 120;

interface StoredValidation {
  id: string;
  status: string;
  message: string;
}

function failingOf(text: string | undefined): string[] {
  const byCategory = JSON.parse(text || '{}') as Record<string, StoredValidation[]>;
  return Object.values(byCategory).flat().filter(({ status }) => status === 'failure' || status === 'error').map(({ message }) => message);
}

/** Why a cluster is where it is, in a few words. */
export function describeState(cluster: WireCluster): string {
  const hosts = (cluster.hosts ?? []).map((host) => `${host.requested_hostname ?? host.id} is ${host.status}${host.status_info ? ` (${host.status_info})` : ''}`);
  return [`the cluster is ${cluster.status} (${cluster.status_info})`, ...failingOf(cluster.validations_info), ...hosts].join('; ');
}

/** Looks at a cluster and remembers the states it and its hosts went through. */
export class StateWatch {
  readonly statuses: ClusterStatus[] = [];
  /** Stages by host id, each once, in the order seen. */
  readonly stages = new Map<string, string[]>();

  constructor(
    private readonly api: UserApi,
    private readonly id: string,
    private readonly signal: AbortSignal,
    private readonly onStatus: (status: ClusterStatus) => void,
    private readonly betweenLooksMs = usualBetweenLooksMs,
  ) {}

  /** Remembers what an answer shows. */
  note(cluster: WireCluster): void {
    if (this.statuses.at(-1) !== cluster.status) {
      this.statuses.push(cluster.status);
      this.onStatus(cluster.status);
    }
    for (const host of cluster.hosts ?? []) {
      const stage = host.progress?.current_stage ?? '';
      const seen = this.stages.get(host.id) ?? [];
      if (stage !== '' && seen.at(-1) !== stage) this.stages.set(host.id, [...seen, stage]);
    }
  }

  /** Looks until the condition holds. Rejects when the cluster fails meanwhile, or with its state when the test is ended. */
  async waitFor(holds: (cluster: WireCluster) => boolean): Promise<WireCluster> {
    let last: WireCluster | undefined;
    try {
      for (;;) {
        const cluster = await this.api.get(this.id);
        last = cluster;
        this.note(cluster);
        if (holds(cluster)) return cluster;
        if (cluster.status === 'error' || cluster.status === 'cancelled') throw new Error(describeState(cluster));
        await pause(this.betweenLooksMs, this.signal);
      }
    } catch (error) {
      if (!this.signal.aborted || !last) throw error;
      const reason = this.signal.reason instanceof Error ? this.signal.reason.message : 'ended';
      throw new Error(`${reason}; ${describeState(last)}`, { cause: error });
    }
  }
}
