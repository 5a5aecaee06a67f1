import { jwtVerify } from 'jose';
import type { Account } from '../accounts/account';
import type { Directory } from '../accounts/directory';
import { serviceAccountUserName } from '../accounts/directory';
import type { ClientCredentials } from './client-credentials';
import { issueAccessToken, issueRefreshToken, offlineTokenType, refreshTokenType } from './issue-tokens';
import type { TokenSettings, TokenSubject } from './issue-tokens';
import type { SigningKeys } from './signing-keys';
import { TokenError } from './token-error';

export interface GrantDependencies {
  directory: Directory;
  keys: SigningKeys;
  settings: TokenSettings;
}

export interface TokenAnswer {
  access_token: string;
  token_type: 'bearer';
  expires_in: number;
  scope: string;
  refresh_token?: string;
}

const publicClientId = 'cloud-services';

function subjectOf(account: Account, clientId: string): TokenSubject {
  return {
    subject: account.id,
    username: account.username,
    clientId,
    orgId: account.organization_id,
    email: account.email,
    firstName: account.first_name,
    lastName: account.last_name,
    serviceAccount: account.service_account,
  };
}

function settingsOf(dependencies: GrantDependencies, username: string): TokenSettings {
  const lifetime = dependencies.directory.findUser(username)?.token_lifetime_seconds;
  return { ...dependencies.settings, lifetimeSeconds: lifetime ?? dependencies.settings.lifetimeSeconds };
}

async function accountOf(directory: Directory, username: string): Promise<Account> {
  const account = await directory.findAccount(username);
  if (account === undefined) throw new TokenError(400, 'invalid_grant', 'the account does not exist');
  return account;
}

async function grantClientCredentials(
  dependencies: GrantDependencies,
  readings: ClientCredentials[],
): Promise<TokenAnswer> {
  const { directory } = dependencies;
  const sent = readings.find(({ clientId, clientSecret }) => directory.findServiceAccount(clientId, clientSecret) !== undefined);
  if (sent === undefined) throw new TokenError(401, 'invalid_client', 'invalid client or invalid client credentials');
  const { clientId } = sent;
  const account = await accountOf(directory, serviceAccountUserName(clientId));
  return {
    access_token: await issueAccessToken(dependencies.keys, dependencies.settings, subjectOf(account, clientId)),
    token_type: 'bearer',
    expires_in: dependencies.settings.lifetimeSeconds,
    scope: 'openid',
  };
}

async function grantPassword(
  dependencies: GrantDependencies,
  clientId: string,
  form: URLSearchParams,
): Promise<TokenAnswer> {
  const user = dependencies.directory.findUserByPassword(form.get('username') ?? '', form.get('password') ?? '');
  if (user === undefined) throw new TokenError(401, 'invalid_grant', 'invalid user credentials');
  const subject = subjectOf(await accountOf(dependencies.directory, user.username), clientId || publicClientId);
  const settings = settingsOf(dependencies, user.username);
  const offline = (form.get('scope') ?? '').split(' ').includes('offline_access');
  return {
    access_token: await issueAccessToken(dependencies.keys, settings, subject),
    token_type: 'bearer',
    expires_in: settings.lifetimeSeconds,
    scope: offline ? 'openid offline_access' : 'openid',
    refresh_token: await issueRefreshToken(dependencies.keys, settings, subject, offline),
  };
}

async function grantRefresh(
  dependencies: GrantDependencies,
  clientId: string,
  form: URLSearchParams,
): Promise<TokenAnswer> {
  const { directory, keys } = dependencies;
  const issuer = dependencies.settings.issuer;
  const verified = await jwtVerify(form.get('refresh_token') ?? '', keys.localKeySet(), {
    algorithms: ['RS256'], issuer, audience: issuer,
  }).catch(() => {
    throw new TokenError(400, 'invalid_grant', 'invalid refresh token');
  });
  const { typ, username, azp } = verified.payload;
  const offline = typ === offlineTokenType;
  if ((!offline && typ !== refreshTokenType) || typeof username !== 'string') {
    throw new TokenError(400, 'invalid_grant', 'invalid refresh token');
  }
  if (clientId !== '' && clientId !== azp) {
    throw new TokenError(400, 'invalid_grant', 'the refresh token was issued to another client');
  }
  const subject = subjectOf(await accountOf(directory, username), typeof azp === 'string' ? azp : publicClientId);
  const settings = settingsOf(dependencies, username);
  return {
    access_token: await issueAccessToken(keys, settings, subject),
    token_type: 'bearer',
    expires_in: settings.lifetimeSeconds,
    scope: offline ? 'openid offline_access' : 'openid',
    refresh_token: await issueRefreshToken(keys, settings, subject, offline),
  };
}

/** Answers a token request. Throws TokenError when it is refused. */
export async function grantTokens(
  dependencies: GrantDependencies,
  readings: [ClientCredentials, ...ClientCredentials[]],
  form: URLSearchParams,
): Promise<TokenAnswer> {
  const [{ clientId }] = readings;
  switch (form.get('grant_type')) {
    case 'client_credentials':
      return grantClientCredentials(dependencies, readings);
    case 'password':
      return grantPassword(dependencies, clientId, form);
    case 'refresh_token':
      return grantRefresh(dependencies, clientId, form);
    case null:
      throw new TokenError(400, 'invalid_request', 'grant_type is missing');
    default:
      throw new TokenError(400, 'unsupported_grant_type', 'this grant_type is not supported');
  }
}
