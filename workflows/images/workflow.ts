import { condition, continueAsNew, defineSignal, isCancellation, proxyActivities, setHandler, workflowInfo } from '@temporalio/workflow';
import type { Activities } from '../../activities/create-activities';
import { activityPolicies, baseImageBackoff } from '../policies';
import { lookAgainSignal, type BaseImageInput } from './contract';

const { publishBaseImage } = proxyActivities<Pick<Activities, 'publishBaseImage'>>(activityPolicies.publishBaseImage);
const { makeMinimalTemplate } = proxyActivities<Pick<Activities, 'makeMinimalTemplate'>>(activityPolicies.makeMinimalTemplate);

/**
 * Publishes the base image of one RHCOS version and its minimal template, and ends when both are there. One bad address costs
 * that version only: it is tried again later, or as soon as somebody says that something may have changed.
 */
export async function baseImage({ rhcosVersion, failures: carried = 0 }: BaseImageInput): Promise<{ key: string; sizeBytes: number; fetched: boolean }> {
  let asked = false;
  setHandler(defineSignal(lookAgainSignal), () => {
    asked = true;
  });
  for (let failures = carried; ;) {
    asked = false;
    try {
      const published = await publishBaseImage.executeWithOptions({ summary: `publish the base image of RHCOS ${rhcosVersion}` }, [{ rhcosVersion }]);
      await makeMinimalTemplate.executeWithOptions({ summary: `make the minimal template of RHCOS ${rhcosVersion}` }, [{ rhcosVersion }]);
      return published;
    } catch (error) {
      if (isCancellation(error)) throw error;
    }
    failures += 1;
    if (await condition(() => asked, baseImageBackoff(failures))) failures = 0;
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof baseImage>({ rhcosVersion, failures });
  }
}
