import type { CapabilityClaims } from './capability';

export type Role = 'admin' | 'read-only-admin' | 'user';

/** A person or service account behind a user token. */
export interface UserActor {
  kind: 'user';
  userName: string;
  orgId: string;
  /** The part of the e-mail address after the @, 'Unknown' without one. */
  emailDomain: string;
  role: Role;
}

/** A discovery agent, installer or controller; known by the account of its pull secret, or by a token of its cluster. */
export interface AgentActor {
  kind: 'agent';
  userName: string;
  orgId: string;
  role: Role;
  /** The only cluster its token is good for, whoever owns that; absent: those of its account. */
  clusterId?: string;
}

/** The bearer of a signed URL. */
export interface SignedActor {
  kind: 'signed';
  claims: CapabilityClaims;
}

/** Who sends a request, after authentication. */
export type Actor = UserActor | AgentActor | SignedActor;
