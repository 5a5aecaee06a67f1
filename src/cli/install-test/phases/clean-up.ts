import { RequestFailed } from '../../../agent/protocol/request-failed';
import { expectThat } from '../expect-that';
import { removeCluster } from '../remove-cluster';
import type { TestRun } from '../test-run';
import type { UserApi } from '../user-api';

const statusOf = (error: unknown): number | undefined => (error instanceof RequestFailed ? error.status : undefined);

async function expectGone(api: UserApi, id: string): Promise<void> {
  const status = await api.get(id).then(
    () => 200,
    (error: unknown) => statusOf(error),
  );
  expectThat(status === 404, `GET answers ${String(status)}`);
}

/** Deletes the cluster; `wasInstalled` says whether its subscription must outlive it. */
export async function cleanUpPhase(run: TestRun, api: UserApi, id: string, wasInstalled: boolean): Promise<void> {
  const { checks, signal, subscriptions } = run;
  checks.startGroup('clean-up');
  await checks.check('delete the cluster', () => removeCluster(api, id, AbortSignal.timeout(60_000)));
  await checks.verify('it is gone', () => expectGone(api, id));
  if (!wasInstalled || !subscriptions || signal.aborted) return;
  await checks.verify('its Active subscription is still there', async () => {
    const found = await subscriptions.find(id);
    expectThat(found.length === 1 && found[0]?.status === 'Active', `found ${found.map(({ status }) => status).join(', ') || 'none'}`);
  });
}
