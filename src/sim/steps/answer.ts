import type { MachineFacts } from '../machine/machine-facts';

/** How a command of a step ended. */
export interface Answer {
  exitCode: number;
  output: string;
  error: string;
}

export interface AnswerContext {
  machine: MachineFacts;
  now: () => Date;
}

/** Plays the command of a step; throws what the command would complain about. */
export type AnswerStep = (args: readonly string[], context: AnswerContext) => Answer;

export function succeed(output: unknown): Answer {
  return { exitCode: 0, output: output === undefined ? '' : JSON.stringify(output), error: '' };
}

export function fail(exitCode: number, error: string): Answer {
  return { exitCode, output: '', error };
}
