import type { Machine } from '../machine/machine';
import type { AgentOptions } from '../options';
import type { AgentClient } from '../protocol/agent-client';
import type { StepAnswer } from '../protocol/step-answer';

/** What a step may use. */
export interface StepContext {
  machine: Machine;
  client: AgentClient;
  /** For what is not the service's API: images, registries. */
  fetch: typeof fetch;
  /** For what is on the machine's own networks: never through a proxy. */
  directFetch: typeof fetch;
  hostId: string;
  options: AgentOptions;
  /** Writes a line to the agent's own log. */
  log: (line: string) => void;
  /** Aborted when the agent ends. */
  signal: AbortSignal;
}

/** Carries out a step from the request in its arguments. What it throws is the reason of its failure. */
export type RunStep = (args: readonly string[], context: StepContext) => Promise<StepAnswer>;
