import type { StepType } from '../../domain/host/step-type';
import type { Step } from '../protocol/step';

/** What the agent does for a step; a step of type `execute` is one of two. */
export type StepKind = Exclude<StepType, 'execute' | 'domain-resolution'> | 'send-logs' | 'stop-installation';

/**
 * What a step asks for, undefined when it is nothing the agent knows. The type decides; an `execute` step must be the protocol's own
 * command for the logs or for the end of the installer, word by word as far as they matter. Its command is never run.
 */
export function kindOf({ step_type: type, command, args }: Step): StepKind | undefined {
  if (type === 'domain-resolution') return undefined;
  if (type !== 'execute') return type;
  const words = [command, ...(args ?? [])];
  if (words.includes('logs_sender')) return 'send-logs';
  return /(^|\/)podman$/.test(command) && words.includes('stop') && words.at(-1) === 'assisted-installer' ? 'stop-installation' : undefined;
}
