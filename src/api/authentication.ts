import type { AccessReview } from '../auth/access';
import type { AgentAuthenticator } from '../auth/agent';
import type { CapabilitySigner } from '../auth/capability';
import type { UserActor } from '../auth/actor';
import type { UserAuthenticator } from '../auth/oidc';

/** How callers prove who they are; `none` takes everybody for the same administrator (development only). */
export type Authentication =
  | {
      type: 'rhsso';
      user: UserAuthenticator;
      agent: AgentAuthenticator;
      signedUrl: Pick<CapabilitySigner, 'verify'>;
      access: AccessReview;
    }
  | { type: 'none'; everybody: UserActor };
