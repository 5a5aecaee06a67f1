import type { CheckLog } from '../../src/cli/install-test/check-log';
import type { UserApi } from '../../src/cli/install-test/user-api';
import type { StackFile } from '../../src/dev/stack-file';
import type { Emulator } from './emulator';
import type { BootTestOptions } from './options';

/** What the phases of one test share. */
export interface BootRun {
  options: BootTestOptions;
  emulator: Emulator;
  stack: StackFile;
  api: UserApi;
  checks: CheckLog;
  /** Aborted by the time limit, by Ctrl-C, and when an emulator or the controller ends too early. */
  signal: AbortSignal;
  abort: (reason: Error) => void;
  say: (line: string) => void;
  workDir: string;
  artefacts: string;
  /** Run in reverse order when the test is over, whatever became of it. */
  cleanUps: (() => Promise<void>)[];
}

/** Between two looks at the cluster. */
export const betweenLooksMs = 1_000;
