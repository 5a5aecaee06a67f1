import type { StepAnswer } from '../../agent/protocol/step-answer';
import type { MachineFacts } from '../machine/machine-facts';

export interface AnswerContext {
  machine: MachineFacts;
  now: () => Date;
}

/** Plays the command of a step; throws what the command would complain about. */
export type AnswerStep = (args: readonly string[], context: AnswerContext) => StepAnswer;
