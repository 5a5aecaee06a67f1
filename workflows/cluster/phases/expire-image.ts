import type { ClusterManager } from '../manager';
import { activities } from '../proxies';

/** Removes a discovery image whose time is over. */
export class ImageExpiry {
  #running = false;

  follow(manager: ClusterManager): void {
    if (this.#running || !manager.duties.includes('expireImage')) return;
    this.#running = true;
    manager.runIo(async () => {
      try {
        await activities.removeImage.executeWithOptions({ summary: 'remove the expired discovery image' }, [{ clusterId: manager.state.clusterId }]);
        manager.bring({ kind: 'imageDeleted', cause: 'expired' });
        await manager.outcomesApplied();
      } finally {
        this.#running = false;
      }
    });
  }
}
