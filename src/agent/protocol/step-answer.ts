/** How a step ended. */
export interface StepAnswer {
  exitCode: number;
  /** The JSON text that the step type prescribes; empty when there is nothing to tell. */
  output: string;
  error: string;
}

/** A step that succeeded; `output` becomes its JSON text. */
export function succeed(output?: unknown): StepAnswer {
  return { exitCode: 0, output: output === undefined ? '' : JSON.stringify(output), error: '' };
}

/** A step that failed, with the reason in words. */
export function fail(exitCode: number, error: string): StepAnswer {
  return { exitCode, output: '', error };
}
