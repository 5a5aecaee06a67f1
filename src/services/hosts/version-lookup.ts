import type postgres from 'postgres';

export interface ClusterVersion {
  factsVersion: number;
  revision: number;
}

/**
 * Looks up the versions of clusters; all look-ups of one turn of the event loop share one statement.
 * @returns undefined for a cluster that is not there
 */
export function createVersionLookup(sql: postgres.Sql): (clusterId: string) => Promise<ClusterVersion | undefined> {
  let waiting: Map<string, Promise<ClusterVersion | undefined>> | undefined;

  function startBatch(): { ids: Set<string>; rows: Promise<Map<string, ClusterVersion>> } {
    const ids = new Set<string>();
    const rows = new Promise<void>((resolve) => setImmediate(resolve)).then(async () => {
      waiting = undefined;
      batch = undefined;
      const found = await sql<{ id: string; facts: string; revision: string }[]>`
        SELECT cluster_id AS id, facts_version AS facts, revision FROM cluster_versions WHERE cluster_id = ANY(${[...ids]}::uuid[])`;
      return new Map(found.map((row) => [row.id, { factsVersion: Number(row.facts), revision: Number(row.revision) }]));
    });
    return { ids, rows };
  }

  let batch: ReturnType<typeof startBatch> | undefined;
  return (clusterId) => {
    batch ??= startBatch();
    waiting ??= new Map();
    const known = waiting.get(clusterId);
    if (known) return known;
    batch.ids.add(clusterId);
    const answer = batch.rows.then((rows) => rows.get(clusterId));
    waiting.set(clusterId, answer);
    return answer;
  };
}
