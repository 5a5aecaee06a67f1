/** One run of an external program: never through a shell. */
export interface ProgramCall {
  /** Absolute path, or a name that is looked for on the PATH. */
  program: string;
  args: readonly string[];
  /** Written to its standard input, which is then closed. */
  stdin?: string;
  cwd?: string;
  /** All of its environment: nothing of the service's own is passed on. */
  env: Readonly<Record<string, string>>;
  timeoutMs: number;
  /** Of standard output; a program that writes more is ended. */
  maxOutputBytes: number;
  /** A program that writes more goes on, and the end of its output is kept, from the beginning of a line. */
  keepsEnd?: boolean;
  /** Told each piece of error output as it comes: programs show their progress there. */
  onErrorOutput?: (text: string) => void;
  signal?: AbortSignal;
}

/** How a run came to its end. All but `exited` and `not-started` mean that the program was killed, with all that it started. */
export type ProgramEnd =
  | { end: 'exited'; code: number }
  | { end: 'signalled'; signal: string }
  | { end: 'timed-out'; afterMs: number }
  | { end: 'too-much-output'; maxBytes: number }
  | { end: 'cancelled' }
  | { end: 'not-started'; reason: string };

/** What was written until the end, whichever it was: standard output whole, or without its first `cutBytes` where its end is kept; of the error output the last 16 KiB. */
export type ProgramResult = ProgramEnd & { stdout: string; stderr: string; cutBytes?: number };

/** Runs a program to its end. Resolves whatever happens; the caller judges the end. */
export type RunProgram = (call: ProgramCall) => Promise<ProgramResult>;
