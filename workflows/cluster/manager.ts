import { condition } from '@temporalio/workflow';
import type { IntentOutcome, RefreshRequest, RefreshResult } from '../../activities/contract';
import type { ClusterOutcome } from '../../src/domain/cluster/outcomes';
import type { Duty } from '../../src/domain/cluster/evaluation';
import type { Refusal } from '../../src/domain/refusal';
import type { ClusterInput, ClusterState } from './contract';
import type { ClusterUpdate, IntentMessage } from './messages';
import { phaseOf, type Phase } from './phase';

export type UpdateResult = IntentOutcome | 'unavailable';
export type ImageResult = { built: true } | { built: false; reason: string };

/** State and inbox of one cluster's workflow. Handlers only put something in; the main loop takes it out. */
export class ClusterManager {
  readonly state: ClusterState;
  readonly phaseAtStart: Phase;
  /** Something happened that no refresh has seen yet. */
  dirty: boolean;
  /** Until when failed refreshes hold back the next one, in Unix milliseconds. */
  refreshRetryAt: number | null = null;
  refreshFailures = 0;
  /** Coroutines that run beside the main loop. */
  inFlight = 0;
  pushing = false;
  /** Set once nothing is left to do: the workflow completes. */
  finished = false;
  duties: Duty[] = [];
  /** What signals told since the last refresh. */
  notices: string[] = [];
  readonly outcomes: ClusterOutcome[] = [];
  readonly inbox: (IntentMessage & { update: ClusterUpdate })[] = [];
  readonly #results = new Map<string, UpdateResult>();
  #outcomesApplied = 0;
  #pushEnded = false;
  #ioTail: Promise<void> = Promise.resolve();
  readonly #images = new Map<string, ImageResult>();

  constructor(input: ClusterInput) {
    this.state = input.state ?? newState(input.clusterId);
    this.dirty = this.state.registered;
    this.phaseAtStart = phaseOf(this.state);
  }

  /** A signal's way in: the next refresh looks at the facts; the text is for the timeline only. */
  notice(what: string): void {
    this.dirty = true;
    this.notices.push(what);
  }

  /** A host's name for people, its id before it has one. */
  nameOf(hostId: string): string {
    return this.state.hosts.find((host) => host.id === hostId)?.name ?? hostId;
  }

  /** A handler's way in: queues the intent and waits for what became of it. */
  async submit(update: ClusterUpdate, message: IntentMessage): Promise<UpdateResult> {
    this.inbox.push({ ...message, update });
    await condition(() => this.#results.has(message.intentId));
    const result = this.#results.get(message.intentId) ?? 'unavailable';
    this.#results.delete(message.intentId);
    return result;
  }

  /** Waits until the image that an applied intent asked for is built, or not. */
  async imageOf(intentId: string): Promise<ImageResult> {
    await condition(() => this.#images.has(intentId));
    const result = this.#images.get(intentId) ?? { built: false, reason: 'The image was not built.' };
    this.#images.delete(intentId);
    return result;
  }

  /** Waits until a refresh has applied every outcome that is queued now. */
  async outcomesApplied(): Promise<void> {
    const target = this.#outcomesApplied + this.outcomes.length;
    await condition(() => this.#outcomesApplied >= target);
  }

  settleImage(intentId: string, result: ImageResult): void {
    this.#images.set(intentId, result);
  }

  settle(intentId: string, result: UpdateResult): void {
    this.#results.set(intentId, result);
  }

  hasRefreshWork(): boolean {
    return this.inbox.length > 0 || ((this.dirty || this.outcomes.length > 0) && this.refreshRetryAt === null);
  }

  /** True once after each push: the main loop looks at what AMS still lacks. */
  pushEnded(): boolean {
    return this.#pushEnded;
  }

  /** Marks the beginning and the end of a push. */
  setPushing(pushing: boolean): void {
    this.pushing = pushing;
    this.#pushEnded = !pushing;
  }

  notePushEnded(): void {
    this.#pushEnded = false;
  }

  /**
   * Runs object work of the cluster beside the main loop, one piece after the other: what a reset removes is gone before
   * the next preparation writes.
   */
  runIo(work: () => Promise<void>): void {
    this.inFlight += 1;
    this.#ioTail = this.#ioTail.then(work).finally(() => {
      this.inFlight -= 1;
    });
  }

  /** Nothing is under way that a new run would lose. */
  isQuiet(): boolean {
    return this.inbox.length === 0 && this.outcomes.length === 0 && !this.dirty && this.inFlight === 0 && !this.pushing;
  }

  /** Takes everything that waits into one refresh. The id stays the same until a refresh of it succeeds. */
  nextRefresh(now: number, refusals: { intentId: string; refusal: Refusal }[]): RefreshRequest {
    const refused = new Set(refusals.map((entry) => entry.intentId));
    this.dirty = false;
    return {
      clusterId: this.state.clusterId,
      refreshId: `${this.state.refreshCount + 1}`,
      revision: this.state.revision,
      now,
      intents: this.inbox.map((message) => message.intentId).filter((id) => !refused.has(id)),
      refusals,
      outcomes: [...this.outcomes],
    };
  }

  /** Keeps the result of a refresh and lets the handlers of its intents go on. */
  adopt(request: RefreshRequest, result: RefreshResult): void {
    this.outcomes.splice(0, request.outcomes.length);
    this.#outcomesApplied += request.outcomes.length;
    this.state.refreshCount += 1;
    this.refreshFailures = 0;
    this.refreshRetryAt = null;
    this.state.revision = result.revision;
    this.state.appliedVersion = result.appliedVersion;
    this.state.hosts = result.hosts;
    this.state.deadline = result.deadline;
    this.duties = result.duties;
    if (result.alarm !== null) this.state.attentionNeeded = result.alarm;
    if (result.cluster) Object.assign(this.state, result.cluster, { registered: true });
    if (result.kind === 'deregistered' && this.state.deregisteredAt === null) this.state.deregisteredAt = request.now;
    if (result.kind !== 'absent') this.state.subscription.wanted = result.wanted;
    for (const [intentId, outcome] of Object.entries(result.intents)) this.#answer(intentId, outcome);
    if (result.kind === 'absent' && this.inbox.length === 0) this.finished = true;
  }

  /** A refresh that could not be done: its users are told, the rest waits for the back-off. */
  refreshFailed(request: RefreshRequest, retryAt: number): void {
    for (const intentId of [...request.intents, ...request.refusals.map((entry) => entry.intentId)]) this.#answer(intentId, 'unavailable');
    this.dirty = this.state.registered;
    this.refreshRetryAt = retryAt;
  }

  #answer(intentId: string, result: UpdateResult): void {
    const index = this.inbox.findIndex((message) => message.intentId === intentId);
    if (index >= 0) this.inbox.splice(index, 1);
    this.#results.set(intentId, result);
  }
}

function newState(clusterId: string): ClusterState {
  return {
    version: 1,
    clusterId,
    registered: false,
    name: '',
    baseDnsDomain: '',
    userName: '',
    orgId: '',
    openshiftVersion: '',
    status: 'insufficient',
    statusInfo: '',
    hosts: [],
    revision: 0,
    appliedVersion: 0,
    refreshCount: 0,
    deadline: null,
    subscription: { wanted: null, applied: null, retryAt: null, failures: 0, refused: null },
    deregisteredAt: null,
    attentionNeeded: null,
  };
}
