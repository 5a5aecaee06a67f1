import type { StepType } from '../../domain/host/step-type';

/** One thing an agent is asked to do. */
export interface Step {
  step_type: StepType;
  step_id: string;
  command: string;
  args: string[] | null;
}

/** Answer of GET instructions; `instructions` is null when there is nothing to do. */
export interface Steps {
  next_instruction_seconds: number;
  post_step_action?: 'exit' | 'continue';
  instructions: Step[] | null;
}

/** What an agent says about a step it ran; `output` is the JSON text that the step type prescribes. */
export interface StepReply {
  step_type: StepType;
  step_id: string;
  exit_code: number;
  output: string;
  error: string;
}
