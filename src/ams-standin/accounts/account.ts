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
    organization: presentOrganization(account.organization_id),
  };
}

/** The organization object of accounts_mgmt; all that is known of one is its id. */
export function presentOrganization(id: string) {
  return { id, kind: 'Organization', href: `/api/accounts_mgmt/v1/organizations/${id}`, external_id: id, name: id };
}
