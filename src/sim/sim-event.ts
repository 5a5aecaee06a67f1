import type { InstallerEvent } from '../agent/protocol/installer/installer-run';
import type { LoopEvent } from '../agent/protocol/loop-options';

/** What simulated parts tell those who watch them. */
export type SimEvent =
  | LoopEvent
  | InstallerEvent
  | { kind: 'rebooted'; hostId: string }
  | { kind: 'install-failed'; hostId: string; reason: string }
  | { kind: 'controller'; what: string };

export type Observe = (event: SimEvent) => void;
