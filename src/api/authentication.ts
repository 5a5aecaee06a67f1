import type { AccessReview } from '../auth/access';
import type { AgentAuthenticator } from '../auth/agent';
import type { CapabilitySigner } from '../auth/capability';
import type { UserActor } from '../auth/actor';
import type { UserAuthenticator } from '../auth/oidc';

/** Callers prove who they are: to the single sign-on and AMS (rhsso), or by tokens of the service's own (local). */
export interface CheckedAuthentication {
  type: 'rhsso' | 'local';
  user: UserAuthenticator;
  agent: AgentAuthenticator;
  signedUrl: Pick<CapabilitySigner, 'verify'>;
  /** null where no account decides who may use the service. */
  access: AccessReview | null;
}

/** Everybody is the same administrator; only a signed address still is what it was signed for. */
export interface OpenAuthentication {
  type: 'none';
  everybody: UserActor;
  signedUrl: Pick<CapabilitySigner, 'verify'>;
}

export type Authentication = CheckedAuthentication | OpenAuthentication;
