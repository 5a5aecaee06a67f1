import { parseInstallCommand } from '../../agent/protocol/installer/parse-install-command';
import type { Step } from '../../agent/protocol/step';
import { fail, succeed, type StepAnswer } from '../../agent/protocol/step-answer';
import { sendLogs } from '../installer/send-logs';
import { answers } from '../steps/answers';
import type { AgentLife } from './agent-life';

/** Plays a step as a machine in this life does. */
export async function playStep(step: Step, life: AgentLife): Promise<StepAnswer> {
  const { facts, client, now } = life.options;
  const args = step.args ?? [];
  if (step.step_type === 'install') return life.install(parseInstallCommand(args));
  if (step.step_type === 'reset-installation') return succeed();
  if (step.step_type === 'execute' && args.some((arg) => arg.includes('logs_sender'))) {
    const failure = await sendLogs(client, facts.hostId, life.signal);
    return failure === undefined ? succeed() : fail(1, failure);
  }
  return answers[step.step_type]?.(args, { machine: facts, now }) ?? fail(-1, `unexpected step type ${step.step_type}`);
}
