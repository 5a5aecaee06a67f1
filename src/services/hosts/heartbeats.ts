import type postgres from 'postgres';

export interface HeartbeatRecorder {
  /** Takes note of a check-in; it is stored with the next flush. */
  record(infraEnvId: string, hostId: string): void;
  /** Resolves after the flush that stores everything recorded so far. */
  flushed(): Promise<void>;
  /** Stores what is left and stops. */
  close(): Promise<void>;
}

interface Options {
  sql: postgres.Sql;
  /** Time between two flushes in milliseconds. */
  intervalMs: number;
  observe: (flush: { hosts: number; failed: boolean }) => void;
}

/**
 * Collects agents' check-ins and stores them in one statement each interval: thousands of polls a second cost a few
 * statements. What could not be stored is kept for the next flush; a later check-in never gives way to an earlier one.
 */
export function createHeartbeatRecorder({ sql, intervalMs, observe }: Options): HeartbeatRecorder {
  let pending = new Map<string, { infraEnvId: string; hostId: string; at: number }>();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let closed = false;

  async function store(batch: typeof pending): Promise<void> {
    const rows = [...batch.values()];
    // The database's clock judges silence, so it dates check-ins too: only their age comes from here.
    const flushedAt = Date.now();
    await sql.begin(async (tx) => {
      await tx`SET LOCAL synchronous_commit = off`;
      await tx`
        UPDATE host_heartbeats AS h SET checked_in_at = greatest(h.checked_in_at, now() - v.age_ms * interval '1 millisecond')
        FROM unnest(${rows.map((r) => r.infraEnvId)}::uuid[], ${rows.map((r) => r.hostId)}::uuid[], ${rows.map((r) => Math.max(0, flushedAt - r.at))}::int[]) AS v(infra_env_id, host_id, age_ms)
        WHERE h.infra_env_id = v.infra_env_id AND h.host_id = v.host_id`;
    });
  }

  async function flush(): Promise<void> {
    const batch = pending;
    if (batch.size === 0) return;
    pending = new Map();
    try {
      await store(batch);
      observe({ hosts: batch.size, failed: false });
    } catch {
      observe({ hosts: batch.size, failed: true });
      for (const [key, entry] of batch) if (!pending.has(key)) pending.set(key, entry);
      schedule();
    }
  }

  function schedule(): void {
    if (timer || closed) return;
    timer = setTimeout(() => {
      timer = undefined;
      running = running.then(flush);
    }, intervalMs);
    timer.unref();
  }

  return {
    record(infraEnvId, hostId) {
      const key = infraEnvId + hostId;
      const entry = pending.get(key);
      if (entry) entry.at = Date.now();
      else pending.set(key, { infraEnvId, hostId, at: Date.now() });
      schedule();
    },
    async flushed() {
      running = running.then(flush);
      await running;
    },
    async close() {
      closed = true;
      if (timer) clearTimeout(timer);
      running = running.then(flush);
      await running;
    },
  };
}
