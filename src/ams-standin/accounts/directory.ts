import { timingSafeEqual } from 'node:crypto';
import type { ServiceAccountConfig, StandinConfig, UserConfig } from '../config';
import { createKsuid } from '../ksuid';
import type { Database } from '../store/database';
import type { Account } from './account';

/** Who exists: configuration says it, the database keeps the ids of the accounts. */
export interface Directory {
  /** The service account with this id and secret, or undefined. */
  findServiceAccount(clientId: string, clientSecret: string): ServiceAccountConfig | undefined;
  /** The user with this name and password, or undefined; users without a password are never found. */
  findUserByPassword(username: string, password: string): UserConfig | undefined;
  findUser(username: string): UserConfig | undefined;
  findUserByPullSecretToken(token: string): UserConfig | undefined;
  findAccount(username: string): Promise<Account | undefined>;
}

/** The user name under which a service account acts. */
export function serviceAccountUserName(clientId: string): string {
  return `service-account-${clientId}`;
}

function sameText(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** Writes the configured accounts to the database (ids of known ones stay) and returns the directory. */
export async function openDirectory(
  database: Database,
  config: Pick<StandinConfig, 'users' | 'serviceAccounts'>,
): Promise<Directory> {
  const wanted = [
    ...config.users.map((user) => ({ ...user, serviceAccount: false })),
    ...config.serviceAccounts.map(({ client_id }) => ({
      username: serviceAccountUserName(client_id),
      org_id: 'service-accounts',
      email: '',
      first_name: '',
      last_name: '',
      banned: false,
      serviceAccount: true,
    })),
  ];
  for (const { username, org_id, email, first_name, last_name, banned, serviceAccount } of wanted) {
    await database`
      INSERT INTO ams.accounts (id, username, organization_id, email, first_name, last_name, service_account, banned)
      VALUES (${createKsuid()}, ${username}, ${org_id}, ${email}, ${first_name}, ${last_name}, ${serviceAccount}, ${banned})
      ON CONFLICT (username) DO UPDATE SET
        organization_id = excluded.organization_id, email = excluded.email, first_name = excluded.first_name,
        last_name = excluded.last_name, service_account = excluded.service_account, banned = excluded.banned,
        updated_at = clock_timestamp()`;
  }

  return {
    findServiceAccount: (clientId, clientSecret) =>
      config.serviceAccounts.find((known) => known.client_id === clientId && sameText(known.client_secret, clientSecret)),
    findUserByPassword: (username, password) =>
      config.users.find((user) => user.username === username && user.password !== undefined && sameText(user.password, password)),
    findUser: (username) => config.users.find((user) => user.username === username),
    findUserByPullSecretToken: (token) =>
      config.users.find((user) => user.pull_secret_tokens.some((known) => sameText(known, token))),
    async findAccount(username) {
      const [account] = await database<Account[]>`SELECT * FROM ams.accounts WHERE username = ${username}`;
      return account;
    },
  };
}
