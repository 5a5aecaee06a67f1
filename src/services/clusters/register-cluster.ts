import { randomUUID } from 'node:crypto';
import { checkRegistration, type RegistrationBody } from '../../domain/input/check-registration';
import { resolveVersion } from '../../domain/input/openshift-version';
import { isRefusal } from '../../domain/refusal';
import type { ServiceDeps } from '../deps';
import { fromRefusal } from '../errors';
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
export async function registerCluster(deps: ServiceDeps, action: UserAction, { body, pullSecret }: Registration): Promise<ClusterView> {
  const { actor } = action;
  guardGeneral(actor, 'write', []);
  const release = resolveVersion(deps.releases, body.openshiftVersion);
  if (isRefusal(release)) throw fromRefusal(release);
  const { release_version: releaseVersion, release_image: releaseImage } = release.version;
  const fields = checkRegistration(body, { releaseVersion, releaseImage, ntpSource: deps.ntpSource });
  if (isRefusal(fields)) throw fromRefusal(fields);
  await assertPullSecret(deps.pullSecrets, pullSecret, actor);
  const clusterId = await sendIntent(deps, {
    clusterId: randomUUID(),
    userName: actor.userName,
    body: { ...fields, operation: 'register', userName: actor.userName, orgId: actor.orgId, emailDomain: actor.emailDomain },
    secret: deps.secretBox.seal(pullSecret),
    ...keyOf(action),
  });
  return loadCluster(deps, clusterId);
}
