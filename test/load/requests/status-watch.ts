import { setTimeout as delay } from 'node:timers/promises';
import postgres from 'postgres';

const lookEveryMs = 20;

/**
 * Watches hosts by one narrow statement for all of them: an observer who asked the service for each host would be most of its
 * load, and would measure himself.
 */
export class StatusWatch {
  readonly #sql: postgres.Sql;
  readonly #waiting = new Map<string, () => void>();
  #running: Promise<void> | undefined;

  constructor(databaseUrl: string) {
    this.#sql = postgres(databaseUrl, { max: 1 });
  }

  /** Resolves once the host's committed status is another than `discovering`; rejects after `longestMs`. */
  async discovered(hostId: string, longestMs: number): Promise<void> {
    let giveUp: NodeJS.Timeout | undefined;
    const seen = new Promise<void>((resolve, reject) => {
      this.#waiting.set(hostId, resolve);
      giveUp = setTimeout(() => reject(new Error(`host ${hostId} is still discovering`)), longestMs);
    });
    this.#running ??= this.#watch().finally(() => (this.#running = undefined));
    await Promise.all([seen, Promise.race([seen, this.#running])]).finally(() => {
      clearTimeout(giveUp);
      this.#waiting.delete(hostId);
    });
  }

  async #watch(): Promise<void> {
    while (this.#waiting.size > 0) {
      const rows = await this.#sql<{ id: string }[]>`SELECT id FROM hosts WHERE id = ANY(${[...this.#waiting.keys()]}) AND status <> 'discovering'`;
      for (const { id } of rows) this.#waiting.get(id)?.();
      for (const { id } of rows) this.#waiting.delete(id);
      await delay(lookEveryMs);
    }
  }

  /** From storing each host's last fact until the refresh began that set its status, in milliseconds, ascending; by the service's own time stamps. */
  async storedToDecided(hostIds: readonly string[]): Promise<number[]> {
    const rows = await this.#sql<{ ms: number }[]>`
      SELECT (extract(epoch FROM h.status_updated_at - f.updated_at) * 1000)::float8 AS ms
      FROM hosts h JOIN host_facts f ON f.infra_env_id = h.infra_env_id AND f.host_id = h.id
      WHERE h.id = ANY(${[...hostIds]}) ORDER BY 1`;
    return rows.map(({ ms }) => ms);
  }

  close(): Promise<void> {
    return this.#sql.end();
  }
}
