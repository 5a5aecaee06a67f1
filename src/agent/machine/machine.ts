import type { ProgramResult } from '../../domain/program/program';

/** How a program of the machine is run. */
export interface ToolCall {
  /** Default 20 s. */
  timeoutMs?: number;
  /** Of standard output; default 8 MiB. */
  maxOutputBytes?: number;
  stdin?: string;
  /** Told each piece of error output as it comes. */
  onErrorOutput?: (text: string) => void;
  signal?: AbortSignal;
}

/** The server an agent is on, as far as the agent touches it. */
export interface Machine {
  /** Where `/proc`, `/sys`, `/dev`, `/etc` and `/run` of the machine begin: empty for the running system, a folder for a captured one. */
  root: string;
  /** True when a program of this name is on the PATH. */
  has(program: string): boolean;
  /** Runs a program of the machine, never through a shell. Resolves whatever happens. */
  run(program: string, args: readonly string[], call?: ToolCall): Promise<ProgramResult>;
  /** Name and addresses of the machine as Node sees them, where no program tells. */
  hostname(): string;
  now(): Date;
  /** Resolves after so many milliseconds; rejects when the signal is aborted. */
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
}
