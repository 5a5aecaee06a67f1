import type { Authentication } from '../api/authentication';
import { createAccessReview } from '../auth/access';
import { createAgentAuthenticator } from '../auth/agent';
import { createCapabilitySigner } from '../auth/capability';
import { noUsers } from '../auth/local';
import { unauthenticatedAdmin } from '../auth/none';
import { createUserAuthenticator } from '../auth/oidc';
import type { World } from './world';

/** How callers prove who they are, as AUTH_TYPE says. Throws when the configuration lacks what it needs. */
export function createAuthentication({ settings, ams, localTokens }: World): Authentication {
  const signedUrl = createCapabilitySigner({ privateKeyPem: settings.URL_SIGNING_KEY });
  switch (settings.AUTH_TYPE) {
    case 'none':
      return { type: 'none', everybody: unauthenticatedAdmin, signedUrl };
    case 'local':
      if (!localTokens) throw new Error('AUTH_TYPE=local needs EC_PRIVATE_KEY_PEM.');
      return { type: 'local', user: noUsers, agent: localTokens.agents, signedUrl, access: null };
    case 'rhsso':
      if (!ams) throw new Error('AUTH_TYPE=rhsso needs OCM.');
      return {
        type: 'rhsso',
        user: createUserAuthenticator({
          ...(settings.JWKS_CERT ? { jwks: settings.JWKS_CERT } : { jwksUrl: settings.JWKS_URL }),
          issuer: settings.JWT_ISSUER,
          audience: settings.JWT_AUDIENCE,
          adminUsers: settings.ADMIN_USERS,
          isReadOnlyAdmin: (userName) => ams.reviewCapability(userName),
        }),
        agent: createAgentAuthenticator({ authorizeToken: (token) => ams.authorizeToken(token) }),
        signedUrl,
        access: createAccessReview({ reviewAccess: (userName) => ams.reviewAccess(userName) }),
      };
  }
}
