import { condition } from '@temporalio/workflow';
import type { ClusterManager } from '../manager';
import { activities } from '../proxies';
import { isReleased } from '../subscription';

/** The end of a cluster: its image goes at once, everything else when the permanent deletion is due, the workflow last. */
export class Retirement {
  #imageRemoved = false;

  follow(manager: ClusterManager): void {
    const { state } = manager;
    if (state.deregisteredAt === null) return;
    if (!this.#imageRemoved) {
      this.#imageRemoved = true;
      manager.runIo(() => activities.removeImage.executeWithOptions({ summary: 'remove the discovery image' }, [{ clusterId: state.clusterId }]));
    }
    const released = state.subscription.wanted === null || isReleased(state);
    const due = manager.eraseAsked || (state.deadline !== null && state.deadline.at <= Date.now());
    if (manager.erasing || !released || !due) return;
    manager.erasing = true;
    manager.runIo(async () => {
      // What is still being stored would be left over, and what is still being removed would be told of rows that are gone.
      if (manager.storing || manager.removingDns) await condition(() => !manager.storing && !manager.removingDns);
      await activities.purgeCluster.executeWithOptions({ summary: 'permanent deletion' }, [{ clusterId: state.clusterId }]);
      manager.finished = true;
    });
  }
}
