import { ActivityFailure, condition } from '@temporalio/workflow';
import type { IntentOutcome, RefreshRequest, RefreshResult } from '../../activities/contract';
import type { ClusterOutcome } from '../../src/domain/cluster/outcomes';
import type { DnsRecord } from '../../src/domain/dns/dns-record';
import type { Duty } from '../../src/domain/cluster/evaluation';
import type { Refusal } from '../../src/domain/refusal';
import { applyHostChanges } from './apply-host-changes';
import type { AttentionCause, ClusterInput, ClusterState } from './contract';
import type { ClusterUpdate, IntentMessage } from './messages';
import { phaseOf, type Phase } from './phase';

export type UpdateResult = IntentOutcome | 'unavailable';
/** What became of the object work that an applied intent asked for. */
export type FollowUpResult = { done: true } | { done: false; type: 'Internal' | 'Conflict' | 'Invalid'; reason: string };

/** A user's request as long as its handler waits. Two requests may name the same intent: both get its result. */
interface Waiting extends IntentMessage {
  update: ClusterUpdate;
  result?: UpdateResult;
  followUp?: FollowUpResult;
}

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
  /** The state object is being written. */
  storing = false;
  /** The DNS records are being removed. */
  removingDns = false;
  /** What the installation that is to be prepared is found by. */
  plannedDns: DnsRecord[] = [];
  /** The permanent deletion has begun. */
  erasing = false;
  /** How often the rows were written again in this run. */
  restorations = 0;
  /** The permanent deletion is not to wait for its day. */
  eraseAsked = false;
  /** Set once nothing is left to do: the workflow completes. */
  finished = false;
  duties: Duty[] = [];
  /** What signals told since the last refresh. */
  notices: string[] = [];
  readonly outcomes: { at: number; outcome: ClusterOutcome }[] = [];
  readonly inbox: Waiting[] = [];
  /** Intents whose users were told that nobody knows whether they were applied: the next refresh that succeeds finds out. */
  readonly doubtful = new Map<string, ClusterUpdate>();
  /** Counts the installations begun in this run: the artefacts of one are none for the next. */
  installations = 0;
  /** AMS was asked to reserve and may have done so, whatever it answered. */
  mayBeReserved = false;
  /** How long a workflow without a registration waits for its user to try again, in Unix milliseconds. */
  abandonAt: number | null = null;
  readonly #waiting = new Set<Waiting>();
  #outcomesApplied = 0;
  #pushEnded = false;
  #ioTail: Promise<void> = Promise.resolve();

  constructor(input: ClusterInput) {
    this.state = restoreState(input);
    this.dirty = this.state.registered;
    this.phaseAtStart = phaseOf(this.state);
  }

  /** A signal's way in: the next refresh looks at the facts; the text is for the timeline only. */
  notice(what: string): void {
    this.dirty = true;
    this.notices.push(what);
  }

  /** What an activity brought back, for the next refresh. Its time stays, so that applying it again is the same event. */
  bring(outcome: ClusterOutcome): void {
    this.outcomes.push({ at: Date.now(), outcome });
  }

  /** Asks a person to look; the same cause can take it back. */
  needAttention(cause: AttentionCause, text: string): void {
    this.state.attentionNeeded = text;
    this.state.attentionCause = cause;
  }

  calmDown(cause: AttentionCause): void {
    if (this.state.attentionCause !== cause) return;
    this.state.attentionNeeded = null;
    this.state.attentionCause = null;
  }

  /** A host's name for people, its id before it has one. */
  nameOf(hostId: string): string {
    return this.state.hosts.find((host) => host.id === hostId)?.name ?? hostId;
  }

  /** A handler's way in: queues the intent and waits for what became of it. */
  async submit(update: ClusterUpdate, message: IntentMessage): Promise<{ result: UpdateResult; followUp(): Promise<FollowUpResult> }> {
    const entry: Waiting = { ...message, update };
    this.inbox.push(entry);
    this.#waiting.add(entry);
    await condition(() => entry.result !== undefined);
    const result = entry.result ?? 'unavailable';
    const workFollows = result !== 'unavailable' && result.applied && (result.image ?? result.installHosts) !== undefined;
    if (!workFollows) this.#waiting.delete(entry);
    return { result, followUp: () => this.#followUpOf(entry) };
  }

  /** Waits until the work that an applied intent asked for is done, or not. */
  async #followUpOf(entry: Waiting): Promise<FollowUpResult> {
    await condition(() => entry.followUp !== undefined);
    this.#waiting.delete(entry);
    return entry.followUp ?? { done: false, type: 'Internal', reason: 'The work was not done.' };
  }

  /** Waits until a refresh has applied every outcome that is queued now. */
  async outcomesApplied(): Promise<void> {
    const target = this.#outcomesApplied + this.outcomes.length;
    await condition(() => this.#outcomesApplied >= target);
  }

  settleFollowUp(intentId: string, result: FollowUpResult): void {
    for (const entry of this.#waiting) if (entry.intentId === intentId) entry.followUp = result;
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

  /** Marks the beginning and the end of writing the state object; the end wakes the main loop as that of a push does. */
  setStoring(storing: boolean): void {
    this.storing = storing;
    this.inFlight += storing ? 1 : -1;
    if (!storing) this.#pushEnded = true;
  }

  /** The same for removing the DNS records. */
  setRemovingDns(removing: boolean): void {
    this.removingDns = removing;
    this.inFlight += removing ? 1 : -1;
    if (!removing) this.#pushEnded = true;
  }

  /** The rows are back: what waits is applied to them now. */
  adoptRestored(revision: number): void {
    this.state.revision = revision;
    this.restorations += 1;
    this.dirty = true;
    this.refreshRetryAt = null;
  }

  /**
   * Runs object work of the cluster beside the main loop, one piece after the other: what a reset removes is gone before
   * the next preparation writes. Work that fails for good leaves a note and does not stop what comes after it.
   */
  runIo(work: () => Promise<void>): void {
    this.inFlight += 1;
    this.#ioTail = this.#ioTail
      .then(work)
      .then(() => this.calmDown('objects'))
      .catch((error: unknown) => {
        if (!(error instanceof ActivityFailure)) throw error;
        this.needAttention('objects', `${error.activityType} failed: ${error.cause?.message ?? 'unknown'}`);
      })
      .finally(() => {
        this.inFlight -= 1;
      });
  }

  /**
   * Nothing is under way that a new run would lose. While the database is away nothing is lost either: a run begins with
   * a refresh, and without this the history of a long outage would grow without end.
   */
  isQuiet(): boolean {
    const idle = this.inbox.length === 0 && this.doubtful.size === 0 && !this.eraseAsked && this.outcomes.length === 0 && this.inFlight === 0 && !this.pushing;
    return idle && (!this.dirty || this.refreshRetryAt !== null);
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
      intents: [...new Set(this.inbox.map((message) => message.intentId))].filter((id) => !refused.has(id)),
      doubtful: [...this.doubtful.keys()].filter((id) => this.inbox.every((message) => message.intentId !== id)),
      refusals,
      outcomes: [...this.outcomes],
      hosts: this.state.hosts,
    };
  }

  /** Keeps the result of a refresh and lets the handlers of its intents go on. */
  adopt(request: RefreshRequest, result: RefreshResult): void {
    this.outcomes.splice(0, request.outcomes.length);
    this.#outcomesApplied += request.outcomes.length;
    this.doubtful.clear();
    this.state.refreshCount += 1;
    this.refreshFailures = 0;
    this.refreshRetryAt = null;
    this.state.revision = result.revision;
    this.state.appliedVersion = result.appliedVersion;
    this.state.refreshedAt = request.now;
    if (result.documents !== undefined) this.state.documents.wanted = result.documents;
    this.state.hosts = applyHostChanges(this.state.hosts, result.hosts);
    this.state.deadline = result.deadline;
    this.duties = result.duties;
    this.plannedDns = result.dnsRecords ?? [];
    if (result.keepsDnsRecords) this.state.dns = { records: [], retryAt: null, failures: 0 };
    this.calmDown('database');
    if (result.cluster) Object.assign(this.state, result.cluster, { registered: true });
    if (result.kind === 'deregistered' && this.state.deregisteredAt === null) this.state.deregisteredAt = request.now;
    if (result.kind !== 'absent') this.state.subscription.wanted = result.wanted;
    for (const [intentId, outcome] of Object.entries(result.intents)) this.#answer(intentId, outcome);
    if (result.kind === 'absent' && this.inbox.length === 0) this.#giveUp(request.now);
  }

  /** There is no cluster: the workflow ends, unless its user was told to try again, and takes back what AMS may have reserved. */
  #giveUp(now: number): void {
    if (this.abandonAt !== null && now < this.abandonAt) {
      this.dirty = true;
      this.refreshRetryAt = this.abandonAt;
      return;
    }
    this.finished = true;
    if (this.mayBeReserved) this.state.subscription.wanted = { released: true, displayName: '', externalClusterId: '', consoleUrl: '', status: 'Reserved' };
  }

  /** A refresh that could not be done, or whose result was lost: its users are told, the rest waits for the back-off. */
  refreshFailed(request: RefreshRequest, retryAt: number): void {
    const asked = [...request.intents, ...request.refusals.map((entry) => entry.intentId)];
    for (const { intentId, update } of this.inbox) if (asked.includes(intentId)) this.doubtful.set(intentId, update);
    for (const intentId of asked) this.#answer(intentId, 'unavailable');
    this.dirty = true;
    this.refreshRetryAt = retryAt;
  }

  /** A refresh that has to begin anew, at once: everything that waited for it waits for the next. */
  refreshAgain(): void {
    this.dirty = true;
  }

  #answer(intentId: string, result: UpdateResult): void {
    for (const entry of this.inbox.filter((candidate) => candidate.intentId === intentId)) {
      this.inbox.splice(this.inbox.indexOf(entry), 1);
      entry.result = result;
    }
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
    subscription: { wanted: null, applied: null, retryAt: null, failures: 0, lookAgainAt: null, refused: null, refusedWanted: null },
    documents: { wanted: null, stored: null, retryAt: null, failures: 0 },
    dns: { records: [], retryAt: null, failures: 0 },
    refreshedAt: 0,
    deregisteredAt: null,
    attentionNeeded: null,
    attentionCause: null,
  };
}

/** The carried state with a default for what an older run did not know; a foreign writer's alarm ends with the run that met him. */
function restoreState({ clusterId, state }: ClusterInput): ClusterState {
  const fresh = newState(clusterId);
  if (!state) return fresh;
  const met = state.attentionCause === 'writer' ? { attentionNeeded: null, attentionCause: null } : {};
  return { ...fresh, ...state, ...met, subscription: { ...fresh.subscription, ...state.subscription }, documents: { ...fresh.documents, ...state.documents }, dns: { ...fresh.dns, ...state.dns } };
}
