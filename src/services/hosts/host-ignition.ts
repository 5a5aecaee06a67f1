import { text } from 'node:stream/consumers';
import type { FileDownload } from '../clusters/download-file';
import { changeCluster } from '../clusters/change-cluster';
import type { UserAction } from '../clusters/user-action';
import type { ServiceDeps } from '../deps';
import { NotFound } from '../errors';
import { downloadHostIgnition } from './download-ignition';

/** The ignition a host is installed with, as JSON. Throws NotFound, and Conflict while there cannot be one. */
export async function getHostIgnition(deps: ServiceDeps, request: Omit<FileDownload, 'headOnly' | 'range' | 'ifRange'>, hostId: string): Promise<string> {
  const { content } = await downloadHostIgnition(deps, { ...request, headOnly: false }, hostId);
  if (content.kind !== 'whole') throw new NotFound(`Host ${hostId} has no ignition.`);
  return text(content.stream);
}

/** Sets what is laid over the ignition of a host (empty takes it away), for the next installation. Throws NotFound and Invalid. */
export async function updateHostIgnition(deps: ServiceDeps, action: UserAction, clusterId: string, hostId: string, config: string): Promise<void> {
  await changeCluster(deps, action, clusterId, { operation: 'updateHostIgnition', hostId, config });
}
