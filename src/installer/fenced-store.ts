import type { RunStore } from './run-files';

/**
 * A store that asks before every change whether its user may still make it: one that stalled, and wakes when somebody else has begun, changes nothing
 * of theirs. `check` throws when the time is over.
 */
export function fenceStore(store: RunStore, check: () => Promise<void>): RunStore {
  return {
    listKeys: (...args) => store.listKeys(...args),
    readObject: (...args) => store.readObject(...args),
    putObject: async (...args) => {
      await check();
      return store.putObject(...args);
    },
    copyObject: async (...args) => {
      await check();
      await store.copyObject(...args);
    },
    deleteObject: async (...args) => {
      await check();
      await store.deleteObject(...args);
    },
    deleteObjects: async (...args) => {
      await check();
      await store.deleteObjects(...args);
    },
  };
}
