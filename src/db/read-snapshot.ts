import type { Database } from './client';
import { loadSnapshots, type HostSelection, type LoadedCluster, type SnapshotRequest } from './load-snapshot';

/** A transaction costs ten times what one more cluster in it does. */
const mostInOne = 16;
/** Two, so that a large cluster does not hold up all others. */
const mostAtOnce = 2;

interface Waiting {
  request: SnapshotRequest;
  resolve: (loaded: LoadedCluster | undefined) => void;
  reject: (error: unknown) => void;
}

/** Reads of clusters that come while others are under way: they wait for these and go together. None begins before it was asked for. */
class SnapshotReads {
  readonly #waiting: Waiting[] = [];
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
      const requests = batch.map(({ request }) => request);
      const loaded = await this.db.transaction((tx) => loadSnapshots(tx, requests), { isolationLevel: 'repeatable read', accessMode: 'read only' });
      batch.forEach(({ resolve }, index) => resolve(loaded[index]));
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}

const readsOf = new WeakMap<Database, SnapshotReads>();

/** `loadSnapshot` outside a transaction: everything as of one moment, which is not before the call. Calls at the same time share statements. */
export function readSnapshot(db: Database, clusterId: string, selection: HostSelection = 'all'): Promise<LoadedCluster | undefined> {
  let reads = readsOf.get(db);
  if (!reads) {
    reads = new SnapshotReads(db);
    readsOf.set(db, reads);
  }
  return reads.read({ clusterId, selection });
}
