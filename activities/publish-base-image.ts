import { ImageError } from '../src/iso/image-error';
import { failureTypes, permanentFailure } from './failures';
import type { ActivityDeps } from './deps';
import type { ActivityControl } from './control';

/** Publishes the base image of one RHCOS version in the public bucket unless it is there already. */
export async function publishBaseImage(deps: ActivityDeps, request: { rhcosVersion: string }, control: ActivityControl): Promise<{ key: string; sizeBytes: number; fetched: boolean }> {
  return refusing(deps.baseImages.publish(request.rhcosVersion, control.signal, (progress) => control.heartbeat(progress)));
}

/** Makes the minimal image of one RHCOS version, of which those of clusters are made, unless it is there already. */
export async function makeMinimalTemplate(deps: ActivityDeps, request: { rhcosVersion: string }, control: ActivityControl): Promise<{ key: string; sizeBytes: number; made: boolean }> {
  return refusing(deps.baseImages.makeMinimal(request.rhcosVersion, control.signal));
}

async function refusing<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof ImageError ? permanentFailure(failureTypes.imageRefused, error.message) : error;
  }
}
