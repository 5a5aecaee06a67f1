import { stepTypes } from '../../domain/host/step-type';
import { isRecord } from './is-record';
import type { Step, Steps } from './step';

/** The steps of an answer, and what of it is none that this agent knows. */
export interface ReadSteps extends Steps {
  instructions: Step[];
  ignored: string[];
}

const isStepType = (value: unknown): value is Step['step_type'] => stepTypes.some((type) => type === value);

function readStep(value: unknown): Step | undefined {
  if (!isRecord(value)) return undefined;
  const { step_type: type, step_id: id, command = '', args = null } = value;
  if (!isStepType(type) || typeof id !== 'string' || typeof command !== 'string') return undefined;
  if (args === null) return { step_type: type, step_id: id, command, args: [] };
  return Array.isArray(args) && args.every((arg) => typeof arg === 'string') ? { step_type: type, step_id: id, command, args } : undefined;
}

/** Reads the answer of GET instructions; undefined when it is none. A service of another age may know steps that this agent does not. */
export function readSteps(answer: unknown): ReadSteps | undefined {
  if (!isRecord(answer)) return undefined;
  const { next_instruction_seconds: seconds, post_step_action: action, instructions } = answer;
  const list: unknown[] = Array.isArray(instructions) ? instructions : [];
  const read = list.map((item) => ({ item, step: readStep(item) }));
  return {
    next_instruction_seconds: typeof seconds === 'number' && seconds > 0 ? seconds : 0,
    post_step_action: action === 'exit' ? 'exit' : 'continue',
    instructions: read.flatMap(({ step }) => step ?? []),
    ignored: read.flatMap(({ item, step }) => (step ? [] : [`no step this agent knows: ${JSON.stringify(item).slice(0, 200)}`])),
  };
}
