import { makePullSecret, type DevIdentities } from '../identities';
import { fetchUserTokens } from '../parts/ams-standin';
import type { StackFile } from '../stack-file';

export type StackTokens = Pick<
  StackFile,
  'user_token' | 'offline_token' | 'ocm_client_id' | 'ocm_client_secret' | 'other_user_token' | 'admin_token' | 'read_only_admin_token' | 'agent_token' | 'pull_secret'
>;

/** Everything a person or a program authenticates with, fresh from the token endpoint. */
export async function fetchTokens(tokenUrl: string, { users, operatorAccounts }: DevIdentities): Promise<StackTokens> {
  const [user, other, admin, readonly] = await Promise.all([
    fetchUserTokens(tokenUrl, users.user),
    fetchUserTokens(tokenUrl, users.other),
    fetchUserTokens(tokenUrl, users.admin),
    fetchUserTokens(tokenUrl, users.readonly),
  ]);
  return {
    user_token: user.access_token,
    other_user_token: other.access_token,
    admin_token: admin.access_token,
    read_only_admin_token: readonly.access_token,
    offline_token: user.refresh_token,
    ocm_client_id: operatorAccounts[0]?.clientId ?? '',
    ocm_client_secret: operatorAccounts[0]?.clientSecret ?? '',
    agent_token: users.user.agentToken,
    pull_secret: makePullSecret(users.user),
  };
}
