import type { StepType } from '../../domain/host/step-type';
import type { AgentClient } from './agent-client';
import type { RetryRules } from './retry-rules';

/** What an agent tells of its conversation with the service. */
export type LoopEvent =
  | { kind: 'registered'; hostId: string }
  | { kind: 'replied'; hostId: string; stepType: StepType; exitCode: number }
  /** Something of an answer that the agent can't act on, nor reply to. */
  | { kind: 'ignored'; hostId: string; reason: string }
  /** A call failed and will be made again. */
  | { kind: 'retry'; hostId: string; reason: string }
  /** The agent sleeps until its machine is restarted. */
  | { kind: 'asleep'; hostId: string; reason: string };

/** What registering and polling need. */
export interface LoopOptions {
  client: AgentClient;
  hostId: string;
  rules: RetryRules;
  observe: (event: LoopEvent) => void;
  /** Milliseconds to wait where the rules say so many seconds. */
  toMs: (seconds: number) => number;
}
