import type { UserActor } from './actor';

/** Who every caller is under AUTH_TYPE none, agents included. */
export const unauthenticatedAdmin: UserActor = {
  kind: 'user',
  userName: 'admin',
  orgId: '',
  emailDomain: 'Unknown',
  role: 'admin',
};
