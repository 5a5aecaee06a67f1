import { AuthError } from '../../auth/errors';
import { checkPullSecret, findAgentToken } from '../../domain/input/pull-secret';
import type { PullSecretPolicy } from '../deps';
import { Invalid, Unavailable } from '../errors';

/**
 * Checks that a pull secret holds what an installation needs and that it is the caller's own, or of his organisation where that
 * shares its clusters: agents act for the account behind it. Throws Invalid, or Unavailable when the account cannot be looked up now.
 */
export async function assertPullSecret(policy: PullSecretPolicy, secret: string, user: { userName: string; orgId: string }): Promise<void> {
  const violation = checkPullSecret(secret, { requiredRegistries: policy.requiredRegistries, requireOcmToken: policy.findAccount !== null });
  if (violation !== undefined) throw new Invalid(violation);
  const token = findAgentToken(secret);
  if (!policy.findAccount || token === undefined) return;
  const account = await accountOf(policy.findAccount, token);
  const isShared = policy.sharedInOrg && user.orgId !== '' && account.orgId === user.orgId;
  if (account.userName !== user.userName && !isShared) {
    throw new Invalid('The pull secret belongs to another user: its cloud.openshift.com credentials must be your own.');
  }
}

async function accountOf<Account>(findAccount: (token: string) => Promise<Account>, token: string): Promise<Account> {
  try {
    return await findAccount(token);
  } catch (error) {
    if (!(error instanceof AuthError)) throw error;
    if (error.kind === 'unavailable') throw new Unavailable('The pull secret cannot be checked now.', 5, { cause: error });
    throw new Invalid('The cloud.openshift.com credentials of the pull secret are not valid.', { cause: error });
  }
}
