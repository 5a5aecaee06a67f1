import { instructionsOf } from '../../agent/protocol/agent-client';
import type { ReplyCache } from '../../agent/protocol/reply-cache';
import { RequestFailed } from '../../agent/protocol/request-failed';
import type { Step, StepReply, Steps } from '../../agent/protocol/step';
import { parseInstallCommand } from '../installer/parse-install-command';
import { sendLogs } from '../installer/send-logs';
import { type Answer, fail, succeed } from '../steps/answer';
import { answers } from '../steps/answers';
import type { AgentLife } from './agent-life';

async function play(step: Step, life: AgentLife): Promise<Answer> {
  const { facts, client, now } = life.options;
  const args = step.args ?? [];
  if (step.step_type === 'install') return life.install(parseInstallCommand(args));
  if (step.step_type === 'reset-installation') return succeed(undefined);
  if (step.step_type === 'execute' && args.some((arg) => arg.includes('logs_sender'))) {
    const failure = await sendLogs(client, facts.hostId, life.signal);
    return failure ? fail(1, failure.message) : succeed(undefined);
  }
  return answers[step.step_type]?.(args, { machine: facts, now }) ?? fail(-1, `unexpected step type ${step.step_type}`);
}

/** Posts what is new; a reply that does not arrive is made again by the next poll. */
async function post(reply: StepReply, life: AgentLife, cache: ReplyCache): Promise<void> {
  const { facts, client, observe } = life.options;
  if (cache.isKnown(reply)) return;
  try {
    await client.postStepReply(facts.hostId, reply, life.signal);
    cache.remember(reply);
    observe({ kind: 'replied', hostId: facts.hostId, stepType: reply.step_type, exitCode: reply.exit_code });
  } catch (error) {
    if (!(error instanceof RequestFailed)) throw error;
    observe({ kind: 'retry', hostId: facts.hostId, reason: error.message });
  }
}

async function playAndReply(step: Step, life: AgentLife, cache: ReplyCache): Promise<void> {
  const { exitCode, output, error } = await play(step, life).catch((reason: unknown) => {
    life.signal.throwIfAborted();
    return fail(1, reason instanceof Error ? reason.message : String(reason));
  });
  await post({ step_type: step.step_type, step_id: step.step_id, exit_code: exitCode, output, error }, life, cache);
  if (exitCode !== 0) return;
  if (step.step_type === 'reset-installation') life.finish('restarted');
  if (step.step_type === 'install') life.finish('rebooted');
}

/** Runs the steps of an answer side by side and posts what is new; an installation goes on beside the next polls. */
export async function playSteps(steps: Steps, life: AgentLife, cache: ReplyCache): Promise<void> {
  const running = instructionsOf(steps).map((step) => ({ step, done: playAndReply(step, life, cache) }));
  const background = running.filter(({ step }) => step.step_type === 'install');
  // It only rejects when the machine's life ends.
  for (const { done } of background) done.catch(() => undefined);
  await Promise.all(running.filter(({ step }) => step.step_type !== 'install').map(({ done }) => done));
}
