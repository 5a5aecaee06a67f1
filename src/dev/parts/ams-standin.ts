import { checkout } from '../checkout';
import type { DevIdentities, DevUser } from '../identities';
import { spawnPart, type PartOwner, type RunningPart } from '../process/spawn-part';

export interface AmsStandinOptions {
  /** The built program. */
  script: string;
  port: number;
  databaseUrl: string;
  identities: DevIdentities;
  logFile: string;
  owner?: PartOwner;
}

export interface AmsStandin extends RunningPart {
  url: string;
  tokenUrl: string;
  jwksUrl: string;
  /** What its tokens name as `iss`. */
  issuer: string;
}

const day = 24 * 3600;

/** Starts the stand-in of the account services on 127.0.0.1; ready when this resolves. */
export async function startAmsStandin(options: AmsStandinOptions): Promise<AmsStandin> {
  const { port, identities } = options;
  const url = `http://127.0.0.1:${port}`;
  const serviceAccounts = [identities.serviceAccount, ...identities.operatorAccounts];
  const part = spawnPart({
    name: 'ams',
    command: [process.execPath, '--enable-source-maps', options.script],
    cwd: checkout,
    env: {
      PORT: String(port),
      LISTEN_ADDRESS: '127.0.0.1',
      DATABASE_URL: options.databaseUrl,
      BASE_URL: url,
      SERVICE_ACCOUNTS: JSON.stringify(serviceAccounts.map(({ clientId, clientSecret }) => ({ client_id: clientId, client_secret: clientSecret }))),
      USERS: JSON.stringify(Object.values(identities.users).map(describeUser)),
    },
    logFile: options.logFile,
    owner: options.owner,
    stopSignal: 'SIGTERM',
    hurrySignal: 'SIGKILL',
    stopGraceMs: 8_000,
  });
  await part.untilReady(async () => (await fetch(`${url}/health`, { signal: AbortSignal.timeout(2_000) })).ok);
  const issuer = `${url}/auth/realms/redhat-external`;
  const connect = `${issuer}/protocol/openid-connect`;
  return { ...part, url, tokenUrl: `${connect}/token`, jwksUrl: `${connect}/certs`, issuer };
}

export interface UserTokens {
  /** Valid for a day. */
  access_token: string;
  /** An offline token, as `ocm login --token` takes it. */
  refresh_token: string;
}

/** Tokens of a development user from the stand-in's token endpoint. */
export async function fetchUserTokens(tokenUrl: string, { username, password }: DevUser): Promise<UserTokens> {
  const response = await fetch(tokenUrl, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'password', client_id: 'cloud-services', scope: 'openid offline_access', username, password }),
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`no token for ${username}: the token endpoint answered ${response.status}`);
  return (await response.json()) as UserTokens;
}

function describeUser(user: DevUser) {
  return {
    username: user.username,
    org_id: user.orgId,
    email: user.email,
    first_name: user.username,
    last_name: 'Example',
    password: user.password,
    pull_secret_tokens: [user.agentToken],
    capabilities: user.capabilities,
    token_lifetime_seconds: day,
  };
}
