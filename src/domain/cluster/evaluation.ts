import type { EventDraft } from '../events/draft';
import type { WantedSubscription } from '../subscription/model';
import type { ClusterSnapshot } from './model';

export const deadlineNames = [
  'preparation time-out', 'host start time-out', 'stage time-out', 'agent silence', 'reset time-out', 'image expiry', 'log collection',
  'DHCP lease warning', 'inactivity warning', '3-week inactivity', 'permanent deletion',
  'permanent deletion of a host',
] as const;
export type DeadlineName = (typeof deadlineNames)[number];

export interface Deadline {
  name: DeadlineName;
  at: Date;
  hostId?: string;
}

/** Work that the evaluated state asks of the workflow, beside its rows. */
export type Duty = 'prepare' | 'expireImage' | 'deregisterInactive';

/** Result of evaluating a cluster: the same input always gives the same output. */
export interface Evaluation {
  snapshot: ClusterSnapshot;
  events: EventDraft[];
  /** Earliest deadline of the new state; null when nothing is ever due. Never in the past of `now`: a due deadline became a change or a duty. */
  deadline: Deadline | null;
  wanted: WantedSubscription;
  duties: Duty[];
}

/** A changed snapshot with the events the change causes. */
export interface Change {
  snapshot: ClusterSnapshot;
  events: EventDraft[];
}
