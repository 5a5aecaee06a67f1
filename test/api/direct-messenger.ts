import { refreshCluster } from '../../activities/refresh-cluster';
import type { ActivityDeps } from '../../activities/deps';
import { buildImage } from '../../activities/build-image';
import { purgeCluster } from '../../activities/purge-cluster';
import { storeHostIgnitions } from '../../activities/store-host-ignitions';
import { eq } from 'drizzle-orm';
import { clusterVersions } from '../../src/db/schema/clusters';
import type { ClusterOutcome } from '../../src/domain/cluster/outcomes';
import { RefusedError, UnavailableError } from '../../src/temporal/errors';
import type { ClusterMessenger } from '../../src/temporal/cluster-messenger';
import type { IntentApplied, IntentMessage } from '../../workflows/cluster/messages';

export interface DirectMessenger extends ClusterMessenger {
  /** While true, every call fails as it does when Temporal is away. */
  away: boolean;
  /** Applies facts and outcomes as the workflow would. */
  refresh(clusterId: string, outcomes?: ClusterOutcome[]): Promise<void>;
  revisionOf(clusterId: string): Promise<number>;
}

/** Runs the activities of the workflow at once, in the caller's process: everything is real but the durable waiting. */
export function createDirectMessenger(deps: ActivityDeps): DirectMessenger {
  let refreshes = 0;
  let last: Promise<unknown> = Promise.resolve();
  /** One refresh at a time, as the workflow runs them. */
  const refresh = (clusterId: string, intents: string[], outcomes: ClusterOutcome[] = []) => {
    const next = last.then(() => refreshNow(clusterId, intents, outcomes));
    last = next.catch(() => undefined);
    return next;
  };
  const revisionOf = async (clusterId: string): Promise<number> => {
    const [versions] = await deps.db.select().from(clusterVersions).where(eq(clusterVersions.clusterId, clusterId));
    return versions?.revision ?? 0;
  };
  const refreshNow = async (clusterId: string, intents: string[], outcomes: ClusterOutcome[]) => {
    refreshes += 1;
    return refreshCluster(deps, { clusterId, refreshId: `test-${refreshes}`, revision: await revisionOf(clusterId), now: Date.now(), intents, refusals: [], outcomes: outcomes.map((outcome) => ({ at: Date.now(), outcome })) });
  };
  const apply = async (clusterId: string, { intentId }: IntentMessage, update: string): Promise<IntentApplied> => {
    if (messenger.away) throw new UnavailableError('away');
    const result = await refresh(clusterId, [intentId]);
    const outcome = result.intents[intentId];
    if (!outcome) throw new Error('The intent has no outcome.');
    if (!outcome.applied) throw new RefusedError(outcome.refusal);
    if (outcome.installHosts) {
      const stored = await storeHostIgnitions(deps, { clusterId, hostIds: outcome.installHosts });
      await refresh(clusterId, [], [{ kind: 'hostIgnitionsStored', ...stored }]);
      if (stored.refused[0] && update === 'installHost') throw new RefusedError({ type: 'Conflict', reason: stored.refused[0].reason });
    }
    if (outcome.removeImage) {
      await deps.images.remove(clusterId);
      await refresh(clusterId, [], [{ kind: 'imageDeleted', cause: 'ignitionChanged' }]);
    }
    if (outcome.image) {
      const { sizeBytes, sshPublicKey, imageType, staticNetworkConfig } = await buildImage(
        deps,
        { clusterId, intentId, reuse: outcome.image === 'reuse' },
        { signal: new AbortController().signal, heartbeat: () => undefined },
      );
      await refresh(clusterId, [], [{ kind: 'imageBuilt', sizeBytes, sshPublicKey, imageType, staticNetworkConfig }]);
    }
    return { revision: result.revision };
  };
  const messenger: DirectMessenger = {
    away: false,
    register: (clusterId, message) => apply(clusterId, message, 'register'),
    update: (clusterId, update, message) => apply(clusterId, message, update),
    erase: (clusterId) => purgeCluster(deps, { clusterId }),
    restart: () => Promise.reject(new Error('this messenger has no workflows')),
    signal: async () => {
      if (messenger.away) throw new UnavailableError('away');
    },
    revisionOf,
    refresh: async (clusterId, outcomes) => {
      await refresh(clusterId, [], outcomes);
    },
  };
  return messenger;
}
