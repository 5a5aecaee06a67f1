import { expect, it } from 'vitest';
import { agentRetryRules, nextPollTry, nextRegistrationTry } from '../../../src/agent/protocol/retry-rules';

it('a refused registration is final for 401, 403, 404 and 409 and is made again each minute otherwise', () => {
  for (const status of [401, 403, 404, 409]) expect(nextRegistrationTry(status, agentRetryRules)).toEqual({ kind: 'never' });
  for (const status of [0, 400, 500, 503]) expect(nextRegistrationTry(status, agentRetryRules)).toEqual({ kind: 'after', seconds: 60 });
});

it('a failed poll is final for 401 and 404 only', () => {
  for (const status of [401, 404]) expect(nextPollTry(status, agentRetryRules)).toEqual({ kind: 'never' });
  for (const status of [0, 403, 409, 500, 503]) expect(nextPollTry(status, agentRetryRules)).toEqual({ kind: 'after', seconds: 60 });
});
