/** How an agent behaves when a call does not succeed; all in seconds. */
export interface RetryRules {
  registerSeconds: number;
  pollSeconds: number;
  /** After a registration whose answer names no command. */
  withoutCommandSeconds: number;
  /** How long a posted output is not posted again. */
  replyCacheSeconds: number;
}

/** What agents in the field do. */
export const agentRetryRules: RetryRules = { registerSeconds: 60, pollSeconds: 60, withoutCommandSeconds: 3600, replyCacheSeconds: 3600 };

/** Either the agent gives up and sleeps until its machine restarts, or it tries again after a while. */
export type NextTry = { kind: 'never' } | { kind: 'after'; seconds: number };

const finalRegistrationAnswers = new Set([401, 403, 404, 409]);
const finalPollAnswers = new Set([401, 404]);

/** After a failed registration; `status` is 0 when no answer came. */
export function nextRegistrationTry(status: number, rules: RetryRules): NextTry {
  return finalRegistrationAnswers.has(status) ? { kind: 'never' } : { kind: 'after', seconds: rules.registerSeconds };
}

/** After a failed request for instructions; `status` is 0 when no answer came. */
export function nextPollTry(status: number, rules: RetryRules): NextTry {
  return finalPollAnswers.has(status) ? { kind: 'never' } : { kind: 'after', seconds: rules.pollSeconds };
}
