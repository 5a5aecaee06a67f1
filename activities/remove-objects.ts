import type { ActivityDeps } from './deps';

/** Removes the discovery image of a cluster from the private bucket; one that is gone already is no fault. */
export async function removeImage(deps: ActivityDeps, request: { clusterId: string }): Promise<void> {
  await deps.images.remove(request.clusterId);
}

/** Removes what an installation stored; logs and the user's manifests stay. */
export async function removeInstallation(deps: ActivityDeps, request: { clusterId: string }): Promise<void> {
  await deps.artefacts.removeInstallation(request.clusterId);
}
