import { pause } from '../../agent/protocol/pause';
import { RequestFailed } from '../../agent/protocol/request-failed';
import type { UserApi } from './user-api';

const betweenTriesMs = 500;

const statusOf = (error: unknown): number | undefined => (error instanceof RequestFailed ? error.status : undefined);

/** Removes a cluster in whatever state: a running installation is cancelled first. A cluster that is gone is fine. */
export async function removeCluster(api: UserApi, id: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    try {
      return await api.deregister(id);
    } catch (error) {
      if (statusOf(error) === 404) return;
      if (statusOf(error) !== 409) throw error;
    }
    await api.cancel(id).catch((error: unknown) => {
      if (statusOf(error) !== 409) throw error;
    });
    await pause(betweenTriesMs, signal);
  }
}
