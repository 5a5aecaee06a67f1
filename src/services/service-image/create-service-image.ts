import { randomUUID } from 'node:crypto';
import type { UserActor } from '../../auth/actor';
import { resolveVersion } from '../../domain/input/openshift-version';
import { checkSshPublicKey } from '../../domain/input/ssh-public-key';
import { serviceImageRequestKey, type ServiceImageRequest } from '../../domain/service-image/service-image';
import { StoreError } from '../../store/store-error';
import { RefusedError, UnavailableError } from '../../temporal/errors';
import { assertPullSecret } from '../clusters/check-pull-secret';
import type { OpenshiftRelease, ServiceDeps } from '../deps';
import { describeFault } from '../describe-fault';
import { fromRefusal, Invalid, Unavailable } from '../errors';

export interface ServiceImageParams {
  /** Full or major.minor; empty: the default one. Its live system is the base of the image. */
  openshiftVersion: string;
  sshPublicKey: string;
  pullSecret: string;
}

type Deps = Pick<ServiceDeps, 'store' | 'secretBox' | 'serviceImages' | 'pullSecrets' | 'releases' | 'settings' | 'log'>;

/** Makes the image of a machine that is to run the service, with the user's credentials, in the place of his former one. */
export async function createServiceImage(deps: Deps, actor: UserActor, params: ServiceImageParams): Promise<void> {
  const { userName } = actor;
  const sshPublicKey = params.sshPublicKey.trim();
  const keyProblem = sshPublicKey === '' ? undefined : checkSshPublicKey(sshPublicKey);
  if (keyProblem !== undefined) throw new Invalid(keyProblem);
  const rhcosVersion = findRelease(deps.releases, params.openshiftVersion).rhcos_version;
  if (params.pullSecret === '') throw new Invalid('The pull secret is missing.');
  await assertPullSecret(deps.pullSecrets, params.pullSecret, actor);
  await build(deps, userName, { rhcosVersion, sshPublicKey, pullSecret: params.pullSecret });
}

function findRelease(releases: ServiceDeps['releases'], requested: string): OpenshiftRelease {
  if (requested === '') {
    const preferred = Object.values(releases).find((release) => release.default === true);
    if (!preferred) throw new Invalid('There is no default version: openshift_version is needed.');
    return preferred;
  }
  const found = resolveVersion(releases, requested);
  if ('reason' in found) throw fromRefusal(found);
  return found.version;
}

async function build(deps: Deps, userName: string, request: ServiceImageRequest): Promise<void> {
  const requestId = randomUUID();
  const address = { bucket: 'private', key: serviceImageRequestKey(userName, requestId) } as const;
  try {
    await deps.store.putObject(address, deps.secretBox.seal(JSON.stringify(request)));
    await deps.serviceImages.build(userName, { requestId, lifetimeMs: deps.settings.deadlines.imageExpiration });
  } catch (error) {
    // Whoever was to read it will not, or has: it must not stay.
    await deps.store.deleteObject(address).catch((fault: unknown) => deps.log.warn({ fault: describeFault(fault), requestId }, 'a stored request could not be removed'));
    if (error instanceof RefusedError) throw fromRefusal(error.refusal);
    if (error instanceof UnavailableError) throw new Unavailable('The image could not be made now; send the request again.', 5, { cause: error });
    if (error instanceof StoreError) throw new Unavailable('The file storage does not answer; try again.', 5, { cause: error });
    throw error;
  }
}
