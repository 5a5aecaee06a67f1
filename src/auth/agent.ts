import type { AgentActor } from './actor';
import { AnswerCache } from './answer-cache';
import { AuthError } from './errors';

export interface AgentAuthenticatorOptions {
  /** Asks AMS for the account of a pull secret's token; see isRefusal for how it fails. */
  authorizeToken: (token: string) => Promise<{ username: string; orgId: string }>;
  /** Clock in milliseconds, for tests. */
  now?: () => number;
}

export interface AgentAuthenticator {
  /** The agent behind an X-Secret-Key header if it is known, without waiting. */
  lookup(token: string | undefined): AgentActor | undefined;
  /** The agent behind an X-Secret-Key header. Rejects with AuthError. */
  authenticate(token: string | undefined): Promise<AgentActor>;
}

const maxTokenLength = 8 * 1024;

function isPlausible(token: string | undefined): token is string {
  return token !== undefined && token !== '' && token.length <= maxTokenLength;
}

/**
 * Authenticates agents by the token of their pull secret. An answer of AMS is used for 10 minutes, then while it is
 * asked again, and for up to 24 hours while AMS is out of order; a refusal is remembered for a minute.
 * Agents act for their account, never with an administrator's rights: the secret lies on every disk of the cluster.
 */
export function createAgentAuthenticator({ authorizeToken, now = Date.now }: AgentAuthenticatorOptions): AgentAuthenticator {
  const agents = new AnswerCache<AgentActor>({
    async ask(token) {
      const { username, orgId } = await authorizeToken(token);
      return { kind: 'agent', userName: username, orgId, role: 'user' };
    },
    messages: { refused: 'the secret key is not valid', unavailable: 'the secret key can\'t be checked now' },
    now,
  });

  return {
    lookup: (token) => (isPlausible(token) ? agents.peek(token)?.value : undefined),
    async authenticate(token) {
      if (!isPlausible(token)) throw new AuthError('unauthenticated', 'a secret key is needed');
      return agents.get(token);
    },
  };
}
