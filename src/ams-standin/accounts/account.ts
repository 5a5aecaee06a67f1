/** An account as stored: a user or the technical user of a service account. */
export interface Account {
  id: string;
  username: string;
  organization_id: string;
  email: string;
  first_name: string;
  last_name: string;
  service_account: boolean;
  banned: boolean;
  created_at: Date;
  updated_at: Date;
}

/** The account object of accounts_mgmt. */
export function presentAccount(account: Account) {
  return {
    id: account.id,
    kind: 'Account',
    href: `/api/accounts_mgmt/v1/accounts/${account.id}`,
    username: account.username,
    first_name: account.first_name,
    last_name: account.last_name,
    email: account.email,
    banned: account.banned,
    service_account: account.service_account,
    created_at: account.created_at.toISOString(),
    updated_at: account.updated_at.toISOString(),
    organization: {
      id: account.organization_id,
      kind: 'Organization',
      href: `/api/accounts_mgmt/v1/organizations/${account.organization_id}`,
      external_id: account.organization_id,
      name: account.organization_id,
    },
  };
}
