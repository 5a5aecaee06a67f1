import type { ProgramResult } from '../../domain/program/program';

/** How a program of the machine is run. */
export interface ToolCall {
  /** Default 20 s. */
  timeoutMs?: number;
  /** Of standard output; default 8 MiB. */
  maxOutputBytes?: number;
  /** Keep the end of a longer output, and let the program go on. */
  keepsEnd?: boolean;
  stdin?: string;
  /** Told each piece of error output as it comes. */
  onErrorOutput?: (text: string) => void;
  signal?: AbortSignal;
}

/** The server an agent is on, as far as the agent touches it. */
export interface Machine {
  /** Where `/proc`, `/sys` and `/dev` of the machine begin: empty for the running system, a folder for a captured one. */
  root: string;
  /** Where the other files of the machine's own system begin: `root`, but for an agent in a container. */
  hostRoot: string;
  /** True when a program of this name is on the PATH; of the machine's own programs, when it is on the machine's. */
  has(program: string): boolean;
  /** Runs a program of the machine, never through a shell. Resolves whatever happens. */
  run(program: string, args: readonly string[], call?: ToolCall): Promise<ProgramResult>;
  /** Name and addresses of the machine as Node sees them, where no program tells. */
  hostname(): string;
  now(): Date;
  /** Resolves after so many milliseconds; rejects when the signal is aborted. */
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
}
