import { randomUUID } from 'node:crypto';
import { draftRegistrationFailure } from '../../domain/cluster/registration-failure';
import { checkRegistration, type RegistrationBody, type RegistrationFields } from '../../domain/input/check-registration';
import { resolveVersion } from '../../domain/input/openshift-version';
import { isRefusal } from '../../domain/refusal';
import type { ServiceDeps } from '../deps';
import { fromRefusal, ServiceError } from '../errors';
import { noteEvent } from '../events/note-event';
import { guardGeneral } from '../guard';
import { assertPullSecret } from './check-pull-secret';
import type { ClusterView } from './cluster-view';
import { loadCluster } from './load-cluster';
import { sendIntent } from './send-intent';
import { keyOf, type UserAction } from './user-action';

export interface Registration {
  body: RegistrationBody;
  pullSecret: string;
}

/** Registers a cluster and starts its workflow. Throws Invalid for what the input rules forbid. */
export async function registerCluster(deps: ServiceDeps, action: UserAction, registration: Registration): Promise<ClusterView> {
  const { actor } = action;
  guardGeneral(actor, 'write', []);
  const id = randomUUID();
  const fields = await check(deps, action, registration).catch(async (error: unknown) => {
    if (error instanceof ServiceError) await noteEvent(deps, draftRegistrationFailure({ operation: 'register', name: registration.body.name }, id, error.message, new Date()));
    throw error;
  });
  const clusterId = await sendIntent(deps, {
    clusterId: id,
    userName: actor.userName,
    body: { ...fields, operation: 'register', userName: actor.userName, orgId: actor.orgId, emailDomain: actor.emailDomain },
    secret: deps.secretBox.seal(registration.pullSecret),
    ...keyOf(action),
  });
  return loadCluster(deps, clusterId);
}

/** What can be told from the request alone, with the defaults filled in. */
async function check(deps: ServiceDeps, { actor }: UserAction, { body, pullSecret }: Registration): Promise<RegistrationFields> {
  const release = resolveVersion(deps.releases, body.openshiftVersion);
  if (isRefusal(release)) throw fromRefusal(release);
  const { release_version: releaseVersion, release_image: releaseImage } = release.version;
  const fields = checkRegistration(body, { releaseVersion, releaseImage, ntpSource: deps.ntpSource });
  if (isRefusal(fields)) throw fromRefusal(fields);
  await assertPullSecret(deps.pullSecrets, pullSecret, actor);
  return fields;
}
