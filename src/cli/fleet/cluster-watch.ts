import { pause } from '../../agent/protocol/pause';
import { RequestFailed } from '../../agent/protocol/request-failed';
import type { WireCluster } from '../../agent/protocol/wire-cluster';
import type { ClusterStatus } from '../../domain/cluster/status';

type Statuses = ReadonlyMap<string, ClusterStatus>;

/** Looks at all clusters of the user by one request at a time, for everybody who waits for one of them. */
export class ClusterWatch {
  private next: Promise<Statuses> | undefined;

  constructor(
    private readonly list: () => Promise<readonly WireCluster[]>,
    private readonly everyMs: number,
  ) {}

  /** Resolves once the status of a cluster is as wanted; `see` is told each that was seen on the way. Rejects when the signal is aborted. */
  async until(id: string, isThere: (status: ClusterStatus) => boolean, see: (status: ClusterStatus) => void, signal: AbortSignal): Promise<void> {
    for (;;) {
      const status = (await this.look(signal)).get(id);
      signal.throwIfAborted();
      if (status === undefined) continue;
      see(status);
      if (isThere(status)) return;
    }
  }

  /** A look that begins after the call; those who ask in the meantime share it. One that fails has seen nothing. */
  private look(signal: AbortSignal): Promise<Statuses> {
    signal.throwIfAborted();
    this.next ??= pause(this.everyMs, new AbortController().signal).then(async () => {
      this.next = undefined;
      try {
        return new Map((await this.list()).map((cluster) => [cluster.id, cluster.status]));
      } catch (error) {
        if (!(error instanceof RequestFailed)) throw error;
        return new Map();
      }
    });
    return this.next;
  }
}
