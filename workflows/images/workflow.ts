import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../../activities/create-activities';
import { activityPolicies } from '../policies';

const { publishBaseImage } = proxyActivities<Pick<Activities, 'publishBaseImage'>>(activityPolicies.publishBaseImage);

/** Publishes the base image of one RHCOS version, retried until it is there; one bad address costs that version only. */
export async function baseImage(request: { rhcosVersion: string }): Promise<{ key: string; sizeBytes: number; fetched: boolean }> {
  return publishBaseImage.executeWithOptions({ summary: `publish the base image of RHCOS ${request.rhcosVersion}` }, [request]);
}
