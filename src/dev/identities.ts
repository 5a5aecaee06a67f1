import { randomBytes } from 'node:crypto';

export interface DevUser {
  username: string;
  orgId: string;
  email: string;
  password: string;
  capabilities: string[];
  /** base64 of `user:password`, as a pull secret's `auth` holds it; agents authenticate with it. */
  agentToken: string;
}

export interface ServiceAccount {
  clientId: string;
  clientSecret: string;
}

/** Who may use a development stack: made once per data directory. */
export interface DevIdentities {
  serviceAccount: ServiceAccount;
  /** The accounts with which people of the service look at the subscriptions of all users, one for each environment. */
  operatorAccounts: ServiceAccount[];
  users: { user: DevUser; other: DevUser; admin: DevUser; readonly: DevUser };
}

/** New identities with random secrets. */
export function makeDevIdentities(): DevIdentities {
  return {
    serviceAccount: { clientId: 'assisted-installer-dev', clientSecret: randomText() },
    operatorAccounts: ['int', 'stage', 'prod'].map((environment) => ({ clientId: `assisted-installer-${environment}`, clientSecret: randomText() })),
    users: {
      user: makeUser('user', '1000001'),
      other: makeUser('other', '1000002'),
      admin: makeUser('admin', '1000003'),
      readonly: makeUser('readonly', '1000003', ['bare_metal_installer_admin']),
    },
  };
}

/** The pull secret of a user as the vendor's console would give it: JSON text. */
export function makePullSecret({ agentToken, email }: DevUser): string {
  const entry = { auth: agentToken, email };
  return JSON.stringify({
    auths: {
      'cloud.openshift.com': entry,
      'quay.io': entry,
      'registry.connect.redhat.com': entry,
      'registry.redhat.io': entry,
    },
  });
}

/** A user with random secrets; `orgId` is the external id of his organisation. */
export function makeUser(username: string, orgId: string, capabilities: string[] = []): DevUser {
  return {
    username,
    orgId,
    email: `${username}@example.com`,
    password: randomText(),
    capabilities,
    agentToken: Buffer.from(`${username}:${randomText()}`).toString('base64'),
  };
}

const randomText = () => randomBytes(24).toString('base64url');
