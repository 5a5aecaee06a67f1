/** What came of one cluster. */
export interface ClusterResult {
  name: string;
  profile: string;
  /** Its last status. */
  status: string;
  /** How many hosts it had when all had told what they are. */
  hosts?: number;
  /** From registration to the end its profile says, in seconds. */
  seconds: number;
  /** What became of its subscription, where that can be seen: Active of an installed cluster, released with the removal of another. */
  subscription?: 'Active' | 'released';
  /** Why it did not end as it must. */
  failure?: string;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  return error.cause instanceof Error ? error.cause.message : error.message;
}

/** Counts requests and what became of clusters, in bounded memory. */
export class Tally {
  requests = 0;
  private readonly kinds = new Map<string, number>();
  readonly results: ClusterResult[] = [];
  /** Why clusters of this run may still be there. */
  leftovers: string | undefined;
  private readonly statuses = new Map<string, string>();

  see(clusterId: string, status: string): void {
    this.statuses.set(clusterId, status);
  }

  /** A fetch that is counted. */
  count(doFetch: typeof fetch): typeof fetch {
    return async (input, init) => {
      this.requests += 1;
      try {
        const answer = await doFetch(input, init);
        if (answer.status >= 500) this.note(String(answer.status));
        return answer;
      } catch (error) {
        if (!init?.signal?.aborted) this.note(describe(error));
        throw error;
      }
    };
  }

  /** Requests that got no answer or one of 500 and above. */
  get errors(): number {
    return [...this.kinds.values()].reduce((sum, count) => sum + count, 0);
  }

  /** The errors by what they were, such as `2 x 503, 1 x read ECONNRESET`; empty without any. */
  get errorKinds(): string {
    return [...this.kinds].sort(([, a], [, b]) => b - a).map(([kind, count]) => `${count} x ${kind}`).join(', ');
  }

  private note(kind: string): void {
    this.kinds.set(kind, (this.kinds.get(kind) ?? 0) + 1);
  }

  get failed(): boolean {
    return this.leftovers !== undefined || this.results.some(({ failure }) => failure !== undefined);
  }

  /** One line: clusters by status, requests and errors. */
  summary(): string {
    const counts = new Map<string, number>();
    for (const status of this.statuses.values()) counts.set(status, (counts.get(status) ?? 0) + 1);
    const clusters = [...counts].sort(([a], [b]) => a.localeCompare(b)).map(([status, count]) => `${count} ${status}`);
    return `${clusters.join(', ') || 'no clusters yet'}; ${this.requests} requests, ${this.errors} errors`;
  }
}
