import { AuthError } from './errors';
import { BoundedMap } from './bounded-map';
import { hashCredential } from './hash-credential';
import { isRefusal } from './is-refusal';

export interface AnswerCacheOptions<Value> {
  /** Asks the other side. See isRefusal for how it fails. */
  ask: (input: string) => Promise<Value>;
  /** What a caller reads when the answer is a refusal, or can't be had. */
  messages: { refused: string; unavailable: string };
  /** Clock in milliseconds. */
  now: () => number;
  freshMs?: number;
  /** After `freshMs`, an answer is used for so long while a new one is fetched in the background. */
  graceMs?: number;
  /** While the other side is out of order, an answer is used up to this age. */
  staleMs?: number;
  /** How long a refusal is remembered. */
  refusedMs?: number;
  /** How long after a failed question nobody asks again, as long as there is an answer to use. */
  retryMs?: number;
  maxEntries?: number;
}

interface Entry<Value> {
  value: Value;
  answeredAt: number;
  /** No question before this moment: the last one failed. */
  quietUntil: number;
}

const minute = 60_000;
const defaults = {
  freshMs: 10 * minute,
  graceMs: 10 * minute,
  staleMs: 24 * 60 * minute,
  refusedMs: minute,
  retryMs: 15_000,
  maxEntries: 20_000,
};

/**
 * Remembers the answers of a remote authority, so that a request rarely waits for it and its outage is not ours.
 * One question at a time per input. Inputs are kept as hashes only.
 */
export class AnswerCache<Value> {
  private readonly options: AnswerCacheOptions<Value> & typeof defaults;
  private readonly answers: BoundedMap<Entry<Value>>;
  private readonly refusals: BoundedMap<number>;
  private readonly pending = new Map<string, Promise<Value>>();

  constructor(options: AnswerCacheOptions<Value>) {
    this.options = { ...defaults, ...options };
    this.answers = new BoundedMap(this.options.maxEntries);
    // Kept apart: whoever sends garbage must not push out the answers of others.
    this.refusals = new BoundedMap(this.options.maxEntries);
  }

  /** The known answer, without waiting; undefined when `get` has to be asked. */
  peek(input: string): { value: Value } | undefined {
    const key = hashCredential(input);
    const entry = this.answers.get(key);
    if (entry === undefined) return undefined;
    const now = this.options.now();
    const age = now - entry.answeredAt;
    if (age < this.options.freshMs) return entry;
    const inGrace = age < this.options.freshMs + this.options.graceMs;
    const inOutage = now < entry.quietUntil && age < this.options.staleMs;
    if (!inGrace && !inOutage) return undefined;
    if (now >= entry.quietUntil) this.question(key, input).catch(() => undefined);
    return entry;
  }

  /** The known answer, or a new one. Rejects with AuthError: unauthenticated when refused, else unavailable. */
  async get(input: string): Promise<Value> {
    const known = this.peek(input);
    if (known !== undefined) return known.value;
    const key = hashCredential(input);
    const refusedUntil = this.refusals.get(key);
    if (refusedUntil !== undefined && this.options.now() < refusedUntil) throw this.refusal();
    return this.question(key, input);
  }

  private question(key: string, input: string): Promise<Value> {
    const running = this.pending.get(key);
    if (running !== undefined) return running;
    const asked = this.ask(key, input).finally(() => this.pending.delete(key));
    this.pending.set(key, asked);
    return asked;
  }

  private async ask(key: string, input: string): Promise<Value> {
    try {
      const value = await this.options.ask(input);
      this.answers.set(key, { value, answeredAt: this.options.now(), quietUntil: 0 });
      this.refusals.delete(key);
      return value;
    } catch (error) {
      const now = this.options.now();
      if (isRefusal(error)) {
        this.answers.delete(key);
        this.refusals.set(key, now + this.options.refusedMs);
        throw this.refusal();
      }
      const entry = this.answers.get(key);
      if (entry === undefined || now - entry.answeredAt >= this.options.staleMs) {
        throw new AuthError('unavailable', this.options.messages.unavailable);
      }
      entry.quietUntil = now + this.options.retryMs;
      return entry.value;
    }
  }

  private refusal(): AuthError {
    return new AuthError('unauthenticated', this.options.messages.refused);
  }
}
