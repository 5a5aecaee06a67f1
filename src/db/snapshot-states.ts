import { sql } from 'drizzle-orm';
import { idArray } from './any-of';
import type { Executor } from './client';
import type { SnapshotRequest } from './load-snapshot';

/** What tells whether rows that were read before are still those of the database, without reading them. */
export interface SnapshotState {
  /** Another one as soon as any of the rows was written: it is made of the transactions that wrote them. */
  state: string;
  /** By host, of the selected ones: check-ins are written all the time. */
  checkIns: ReadonlyMap<string, Date>;
}

interface StateRow extends Record<string, unknown> {
  place: number;
  state: string;
  checkIns: Record<string, string> | null;
}

/** Stands for a selection without hosts. */
const nobody = '00000000-0000-0000-0000-000000000000';

/** The states of what is asked for, in the order of the requests; undefined for a cluster that is not there. */
export async function findSnapshotStates(db: Executor, requests: readonly SnapshotRequest[]): Promise<(SnapshotState | undefined)[]> {
  const ids = requests.map(({ clusterId }) => clusterId);
  const hostIds = requests.map(({ selection }) => (selection === 'all' ? null : selection === 'none' ? nobody : selection.id));
  const rows = await db.execute<StateRow>(sql`
    SELECT asked.place::int AS place,
      concat_ws(' ', c.xmin, i.xmin, v.xmin, v.facts_version, v.revision, (SELECT min(r.deleted_at) FROM hosts r WHERE r.cluster_id = c.id AND r.deleted_at IS NOT NULL), operators.state, found.state) AS state,
      found.check_ins AS "checkIns"
    FROM unnest(${idArray(ids)}, ${idArray(hostIds)}) WITH ORDINALITY AS asked (cluster_id, host_id, place)
    JOIN clusters c ON c.id = asked.cluster_id
    JOIN infra_envs i ON i.id = c.id
    JOIN cluster_versions v ON v.cluster_id = c.id
    LEFT JOIN LATERAL (SELECT string_agg(concat(o.name, o.xmin), ',' ORDER BY o.name) AS state FROM monitored_operators o WHERE o.cluster_id = c.id) operators ON true
    LEFT JOIN LATERAL (
      SELECT string_agg(concat_ws('/', h.id, h.xmin, f.content_id), ',' ORDER BY h.id) AS state, json_object_agg(h.id, b.checked_in_at) FILTER (WHERE b.checked_in_at IS NOT NULL) AS check_ins
      FROM hosts h
      LEFT JOIN host_facts f ON f.infra_env_id = h.infra_env_id AND f.host_id = h.id
      LEFT JOIN host_heartbeats b ON b.infra_env_id = h.infra_env_id AND b.host_id = h.id
      WHERE h.cluster_id = c.id AND h.deleted_at IS NULL AND (asked.host_id IS NULL OR h.id = asked.host_id)
    ) found ON true`);
  const found = new Map(rows.map(({ place, state, checkIns }) => [place, { state, checkIns: new Map(Object.entries(checkIns ?? {}).map(([id, at]) => [id, new Date(at)])) }]));
  return requests.map((_, index) => found.get(index + 1));
}
