import { setMaxListeners } from 'node:events';
import { createAgentClient } from '../../../src/agent/protocol/agent-client';
import type { Machine } from '../../../src/agent/machine/machine';
import type { AgentOptions } from '../../../src/agent/options';
import type { StepAnswer } from '../../../src/agent/protocol/step-answer';
import { runSteps } from '../../../src/agent/steps/run-steps';
import { findReplyViolations, findStepViolations } from '../../sim/step-contract';
import { hostId } from '../server';

const clusterId = '1c9b4e52-5f0d-4d2e-9d0a-0f4a6c1f5a11';
export const agentOptions: AgentOptions = {
  url: 'http://127.0.0.1:1', clusterId, agentImage: 'agent:v1', token: '', insecure: false, caCertificate: undefined, dryRun: false, overwriteDisks: false, image: undefined,
};

export interface Played extends StepAnswer {
  /** Parsed; undefined when there is none. */
  json: unknown;
  lines: string[];
}

type Playable = Exclude<keyof typeof runSteps, 'send-logs'>;

/** Carries out a step on a machine; throws when its request or its answer is not what the contract says. */
export async function play(stepType: Playable, request: unknown, machine: Machine, options: Partial<AgentOptions> = {}): Promise<Played> {
  const args = ['run', '--privileged', 'quay.io/agent:v1', stepType.replaceAll('-', '_'), ...(request === undefined ? [] : [JSON.stringify(request)])];
  const lines: string[] = [];
  const merged = { ...agentOptions, ...options };
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  const context = { machine, client: createAgentClient(merged), fetch, directFetch: fetch, hostId, options: merged, log: (line: string) => void lines.push(line), signal };
  const answer = await runSteps[stepType](args, context);
  const violations = [...findStepViolations({ step_type: stepType, args }), ...findReplyViolations({ step_type: stepType, exit_code: answer.exitCode, output: answer.output })];
  if (violations.length > 0) throw new Error(violations.join('\n'));
  return { ...answer, json: answer.output === '' ? undefined : (JSON.parse(answer.output) as unknown), lines };
}
