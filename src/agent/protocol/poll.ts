import type { LoopOptions } from './loop-options';
import { pause } from './pause';
import { ReplyCache } from './reply-cache';
import { RequestFailed } from './request-failed';
import { nextPollTry } from './retry-rules';
import type { Step, StepReply } from './step';
import { fail, type StepAnswer } from './step-answer';
import { waitForNextTry } from './wait-for-next-try';

export interface PollOptions extends LoopOptions {
  /** Milliseconds from one poll to the next where the service asks for so many seconds. */
  pollWaitMs: (seconds: number) => number;
  /** Milliseconds; only differences count. */
  now: () => number;
  /** Carries out a step; undefined leaves it without a reply. A rejection is answered as a failure. */
  play: (step: Step, signal: AbortSignal) => Promise<StepAnswer | undefined>;
  /** True for a step that may outlast the time to the next poll. */
  inBackground: (step: Step) => boolean;
  /** After a step's answer was posted, or was known already. */
  afterAnswer?: (step: Step, answer: StepAnswer) => void;
}

/** Asks for steps, carries them out side by side and posts what is new. Resolves when the service says that it is over, rejects when the signal is aborted. */
export async function poll(options: PollOptions, signal: AbortSignal): Promise<void> {
  const { client, hostId, rules, toMs, now } = options;
  const cache = new ReplyCache(toMs(rules.replyCacheSeconds), now);
  for (;;) {
    try {
      const steps = await client.getNextSteps(hostId, signal);
      for (const reason of steps.ignored) options.observe({ kind: 'ignored', hostId, reason });
      const running = steps.instructions.map((step) => ({ step, done: playAndReply(step, options, cache, signal) }));
      // In the background only an abort rejects, and that ends the loop as well.
      for (const { step, done } of running) if (options.inBackground(step)) done.catch(() => undefined);
      await Promise.all(running.filter(({ step }) => !options.inBackground(step)).map(({ done }) => done));
      if (steps.post_step_action === 'exit') {
        await Promise.all(running.map(({ done }) => done));
        return;
      }
      await pause(options.pollWaitMs(steps.next_instruction_seconds || rules.pollSeconds), signal);
    } catch (error) {
      cache.flush();
      await waitForNextTry(error, (status) => nextPollTry(status, rules), options, signal);
    }
  }
}

async function playAndReply(step: Step, options: PollOptions, cache: ReplyCache, signal: AbortSignal): Promise<void> {
  const answer = await options.play(step, signal).catch((reason: unknown) => {
    signal.throwIfAborted();
    return fail(1, reason instanceof Error ? reason.message : String(reason));
  });
  if (answer === undefined) return;
  await post({ step_type: step.step_type, step_id: step.step_id, exit_code: answer.exitCode, output: answer.output, error: answer.error }, options, cache, signal);
  options.afterAnswer?.(step, answer);
}

/** A refusal of the reply itself; what else fails is the service being away. */
const isRefusal = ({ status }: RequestFailed): boolean => status >= 400 && status < 500 && status !== 429;

/**
 * Posts what is new. A reply that does not arrive is made again by a later poll, but for that of an installation, which the service asks
 * for once: its failure is posted until it arrives. A success needs no reply; the machine restarts.
 */
async function post(reply: StepReply, { client, hostId, observe, rules, toMs }: PollOptions, cache: ReplyCache, signal: AbortSignal): Promise<void> {
  if (cache.isKnown(reply)) return;
  for (;;) {
    try {
      await client.postStepReply(hostId, reply, signal);
      cache.remember(reply);
      return observe({ kind: 'replied', hostId, stepType: reply.step_type, exitCode: reply.exit_code });
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      observe({ kind: 'retry', hostId, reason: error.message });
      if (reply.step_type !== 'install' || reply.exit_code === 0 || isRefusal(error)) return;
      await pause(toMs(rules.pollSeconds), signal);
    }
  }
}
