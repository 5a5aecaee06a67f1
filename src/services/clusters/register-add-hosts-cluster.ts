import { readSnapshot } from '../../db/read-snapshot';
import { purgeCluster } from '../../db/purge-cluster';
import { discoveryImageKey } from '../../domain/cluster/discovery-image';
import { draftRegistrationFailure } from '../../domain/cluster/registration-failure';
import { checkAddHostsCluster } from '../../domain/input/add-hosts-cluster';
import { resolveVersion } from '../../domain/input/openshift-version';
import { isRefusal } from '../../domain/refusal';
import { RefusedError, UnavailableError, WorkflowNotFoundError } from '../../temporal/errors';
import type { ServiceDeps } from '../deps';
import { fromRefusal, Invalid, ServiceError, Unavailable } from '../errors';
import { noteEvent } from '../events/note-event';
import { guardGeneral } from '../guard';
import type { ClusterView } from './cluster-view';
import { loadCluster } from './load-cluster';
import { sendIntent } from './send-intent';
import { keyOf, type UserAction } from './user-action';

export interface AddHostsRegistration {
  /** Chosen by the user. */
  clusterId: string;
  name: string;
  apiVipDnsName: string;
  openshiftVersion: string;
}

/**
 * Registers a cluster that runs already, to have hosts added. A deregistered cluster of the same user and id is erased
 * first. Throws Invalid for an id in use and for what the input rules forbid.
 */
export async function registerAddHostsCluster(deps: ServiceDeps, action: UserAction, request: AddHostsRegistration): Promise<ClusterView> {
  const { actor } = action;
  const { clusterId, name, apiVipDnsName } = request;
  guardGeneral(actor, 'write', []);
  const { userName, orgId, emailDomain } = actor;
  const openshiftVersion = await check(deps, request, userName).catch(async (error: unknown) => {
    if (error instanceof ServiceError) await noteFailure(deps, request, userName, error.message);
    throw error;
  });
  await sendIntent(deps, { clusterId, userName, body: { operation: 'registerAddHosts', name, apiVipDnsName, openshiftVersion, userName, orgId, emailDomain }, ...keyOf(action) });
  return loadCluster(deps, clusterId);
}

/** Checks a request and makes room for it; answers the version that is meant. */
async function check(deps: ServiceDeps, request: AddHostsRegistration, userName: string): Promise<string> {
  const release = resolveVersion(deps.releases, request.openshiftVersion);
  if (isRefusal(release)) throw fromRefusal(release);
  const problem = checkAddHostsCluster(request);
  if (problem !== undefined) throw new Invalid(problem);
  await makeRoom(deps, request.clusterId, userName);
  return release.version.release_version;
}

/** Tells of a refusal, but not among the events of somebody else's cluster. */
async function noteFailure(deps: ServiceDeps, { clusterId, name }: AddHostsRegistration, userName: string, reason: string): Promise<void> {
  const owner = await deps.owners.find(clusterId);
  if (owner && owner.userName !== userName) return;
  await noteEvent(deps, draftRegistrationFailure({ operation: 'registerAddHosts', name }, clusterId, reason, new Date()));
}

/** Erases a deregistered cluster with the id. Whose it was it stays: owners are remembered by id. */
async function makeRoom(deps: ServiceDeps, clusterId: string, userName: string): Promise<void> {
  const former = await readSnapshot(deps.db, clusterId);
  if (!former) return;
  if (former.row.userName !== userName) throw new Invalid(`Cluster ${clusterId} is already registered.`);
  if (former.row.deletedAt === null) return;
  try {
    await deps.messenger.erase(clusterId);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) await eraseOrphan(deps, clusterId);
    else if (error instanceof RefusedError) throw fromRefusal(error.refusal);
    else if (error instanceof UnavailableError) throw new Unavailable('A former cluster with this id is still being deleted; send the request again.', 5, { cause: error });
    else throw error;
  }
}

/** Erases what is left of a cluster whose workflow is gone. */
async function eraseOrphan({ db, store }: ServiceDeps, clusterId: string): Promise<void> {
  for (const prefix of [discoveryImageKey(clusterId), `${clusterId}/`]) await store.abortUploads('private', prefix);
  await store.deleteObject({ bucket: 'private', key: discoveryImageKey(clusterId) });
  await store.deletePrefix('private', `${clusterId}/`);
  await purgeCluster(db, clusterId);
}
