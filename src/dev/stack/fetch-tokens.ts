import { makePullSecret, type DevIdentities } from '../identities';
import { fetchUserToken } from '../parts/ams-standin';
import type { StackFile } from '../stack-file';

export type StackTokens = Pick<
  StackFile,
  'user_token' | 'other_user_token' | 'admin_token' | 'read_only_admin_token' | 'agent_token' | 'pull_secret'
>;

/** Everything a person or a program authenticates with, fresh from the token endpoint. */
export async function fetchTokens(tokenUrl: string, { users }: DevIdentities): Promise<StackTokens> {
  const [user_token, other_user_token, admin_token, read_only_admin_token] = await Promise.all([
    fetchUserToken(tokenUrl, users.user),
    fetchUserToken(tokenUrl, users.other),
    fetchUserToken(tokenUrl, users.admin),
    fetchUserToken(tokenUrl, users.readonly),
  ]);
  return {
    user_token,
    other_user_token,
    admin_token,
    read_only_admin_token,
    agent_token: users.user.agentToken,
    pull_secret: makePullSecret(users.user),
  };
}
