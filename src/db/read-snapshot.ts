import type { Database } from './client';
import { loadSnapshots, type HostSelection, type LoadedCluster, type SnapshotRequest } from './load-snapshot';
import { SizedCache } from './sized-cache';
import { findSnapshotStates, type SnapshotState } from './snapshot-states';

/** A statement costs ten times what one more cluster in it does. */
const mostInOne = 16;
/** Two, so that a large cluster does not hold up all others. */
const mostAtOnce = 2;

/** Characters of text in the rows kept, without what agents reported, which is kept elsewhere: some thousand clusters of three hosts. */
const keptCharacters = 24_000_000;

interface Kept {
  state: string;
  loaded: LoadedCluster;
}

interface Waiting {
  request: SnapshotRequest;
  resolve: (loaded: LoadedCluster | undefined) => void;
  reject: (error: unknown) => void;
}

/** Reads of clusters that come while others are under way: they wait for these and go together. None begins before it was asked for. */
class SnapshotReads {
  readonly #waiting: Waiting[] = [];
  readonly #kept = new SizedCache<Kept>(keptCharacters);
  #running = 0;

  constructor(private readonly db: Database) {}

  read(request: SnapshotRequest): Promise<LoadedCluster | undefined> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      // What else comes in this turn of the event loop goes along.
      if (this.#waiting.length === 1) setImmediate(() => this.#start());
    });
  }

  #start(): void {
    if (this.#running >= mostAtOnce || this.#waiting.length === 0) return;
    const batch = this.#waiting.splice(0, mostInOne);
    this.#running += 1;
    void this.#load(batch).finally(() => {
      this.#running -= 1;
      this.#start();
    });
    this.#start();
  }

  async #load(batch: readonly Waiting[]): Promise<void> {
    try {
      const states = await findSnapshotStates(this.db, batch.map(({ request }) => request));
      const missing: Waiting[] = [];
      for (const [index, waiting] of batch.entries()) {
        const state = states[index];
        const kept = this.#kept.get(keyOf(waiting.request));
        if (state === undefined) waiting.resolve(undefined);
        else if (kept?.state === state.state) waiting.resolve(withCheckIns(kept.loaded, state));
        else missing.push(waiting);
      }
      if (missing.length > 0) await this.#loadRows(missing);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  async #loadRows(batch: readonly Waiting[]): Promise<void> {
    const requests = batch.map(({ request }) => request);
    const { states, loaded } = await this.db.transaction(async (tx) => ({ states: await findSnapshotStates(tx, requests), loaded: await loadSnapshots(tx, requests) }),
      { isolationLevel: 'repeatable read', accessMode: 'read only' });
    for (const [index, { request, resolve }] of batch.entries()) {
      const [rows, state] = [loaded[index], states[index]];
      if (rows && state) this.#kept.set(keyOf(request), { state: state.state, loaded: rows }, sizeOf(rows));
      resolve(rows);
    }
  }
}

const keyOf = ({ clusterId, selection }: SnapshotRequest): string => `${clusterId}/${typeof selection === 'string' ? selection : selection.id}`;

const sizeOf = ({ row, hosts }: LoadedCluster): number =>
  hosts.reduce((sum, host) => sum + 1_500 + host.row.validationsInfo.length, 3_000 + row.validationsInfo.length + row.connectivityMajorityGroups.length);

/** What was read before, with the check-ins of now. */
function withCheckIns(loaded: LoadedCluster, { checkIns }: SnapshotState): LoadedCluster {
  const { snapshot } = loaded;
  return {
    ...loaded,
    hosts: loaded.hosts.map((stored) => ({ ...stored, checkedInAt: checkIns.get(stored.row.id) ?? null })),
    snapshot: { ...snapshot, hosts: snapshot.hosts.map((host) => ({ ...host, checkedInAt: checkIns.get(host.id) ?? null })) },
  };
}

const readsOf = new WeakMap<Database, SnapshotReads>();

/**
 * `loadSnapshot` outside a transaction: everything as of one moment, which is not before the call. Calls at the same time share statements.
 * Rows that were read before and have not been written since are not read again; what is answered is shared and not to be changed.
 */
export function readSnapshot(db: Database, clusterId: string, selection: HostSelection = 'all'): Promise<LoadedCluster | undefined> {
  let reads = readsOf.get(db);
  if (!reads) {
    reads = new SnapshotReads(db);
    readsOf.set(db, reads);
  }
  return reads.read({ clusterId, selection });
}
