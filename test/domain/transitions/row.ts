import type { EventDraft } from '../../../src/domain/events/draft';
import type { ClusterSnapshot } from '../../../src/domain/cluster/model';
import type { Refusal } from '../../../src/domain/refusal';

/** What a trigger came to. */
export interface Played {
  snapshot: ClusterSnapshot;
  events: EventDraft[];
}

/** A test elsewhere that shows the transition through the service; that it exists is checked. */
export interface ProvedBy {
  file: string;
  title: string;
}

/** One case of a row: what is given, for each status the row starts from, and what else is to be seen afterwards. */
export interface Case<S extends string> {
  given: (from: S) => ClusterSnapshot;
  /** Milliseconds after the beginning of the state. */
  after?: number;
  check?: (played: Played, given: ClusterSnapshot) => void;
}

/** One line of the table of transitions. Every case is executed for every status in `from`. */
export interface Row<T extends string, S extends string> {
  /** Number of the transition in its table. */
  id: string;
  trigger: T;
  /** Empty for what begins a life. */
  from: readonly S[];
  to: S | 'same' | 'gone';
  when: string;
  /** What the state's text says at least; absent where it stays. */
  info?: RegExp;
  effects?: string;
  /** Names of the events that must be among those written. */
  events?: readonly string[];
  cases: Record<string, Case<S>>;
  provedBy?: readonly ProvedBy[];
}

/** What is answered where no row permits a trigger. */
export type RefusedAs = Refusal['type'] | 'ignored';
