import type { HostStage } from '../domain/host/stage';
import type { StepType } from '../domain/host/step-type';

/** What simulated parts tell those who watch them. */
export type SimEvent =
  | { kind: 'registered'; hostId: string }
  | { kind: 'replied'; hostId: string; stepType: StepType; exitCode: number }
  | { kind: 'stage'; hostId: string; stage: HostStage; info: string }
  | { kind: 'rebooted'; hostId: string }
  /** A call failed and will be made again. */
  | { kind: 'retry'; hostId: string; reason: string }
  /** Logs could not be sent; nothing depends on them. */
  | { kind: 'logs-not-sent'; hostId: string; reason: string }
  /** The agent sleeps until its machine is restarted. */
  | { kind: 'asleep'; hostId: string; reason: string }
  | { kind: 'install-failed'; hostId: string; reason: string }
  | { kind: 'controller'; what: string };

export type Observe = (event: SimEvent) => void;
