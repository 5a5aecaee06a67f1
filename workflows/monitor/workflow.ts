import { continueAsNew, proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../../activities/create-activities';
import { activityPolicies } from '../policies';

const { sweep } = proxyActivities<Pick<Activities, 'sweep'>>(activityPolicies.sweep);

/** Runs for ever: one long activity sweeps for silent hosts and for facts whose signal was lost. It moves to another worker by its heartbeat. */
export async function monitor(): Promise<void> {
  await sweep.executeWithOptions({ summary: 'find silent hosts, lagging facts and stale intents' }, []);
  await continueAsNew<typeof monitor>();
}
