import { Context } from '@temporalio/activity';
import type { Activities } from '../../activities/create-activities';

type Name = keyof Activities;
type Handler = (request: never) => Promise<unknown>;

interface Fault {
  times: number;
  error: () => Error;
  /** Do the work first: its result is lost. */
  after: boolean;
  /** Only the calls for this cluster: what others still do in the background takes no fault away. */
  clusterId?: string;
}

const clusterOf = (request: unknown): string | undefined => (request as { clusterId?: string }).clusterId;

/** Stands between a worker and its activities: counts the calls and makes the armed ones fail. */
export class ActivityFaults {
  readonly calls: { name: Name; request: unknown }[] = [];
  readonly #armed = new Map<Name, Fault>();
  readonly #gates = new Map<Name, Promise<void>>();

  /** The next calls of an activity fail. */
  arm(name: Name, { times = 1, error = () => new Error('injected fault'), after = false, ...only }: Partial<Fault> = {}): void {
    this.#armed.set(name, { times, error, after, ...only });
  }

  /** Calls of an activity wait before they work, until the returned function is called. */
  hold(name: Name): () => void {
    let open = (): void => undefined;
    this.#gates.set(name, new Promise((resolve) => { open = resolve; }));
    return () => {
      this.#gates.delete(name);
      open();
    };
  }

  clear(): void {
    this.#armed.clear();
  }

  count(name: Name, clusterId: string): number {
    return this.calls.filter((call) => call.name === name && clusterOf(call.request) === clusterId).length;
  }

  wrap(activities: Activities): Activities {
    const wrapped = Object.entries(activities).map(([name, run]) => [name, this.#guard(name as Name, run as Handler)]);
    return Object.fromEntries(wrapped) as Activities;
  }

  /** An activity that waits is at work all the same: without heartbeats a second attempt would be made of it. */
  async #waitAt(gate: Promise<void> | undefined): Promise<void> {
    if (!gate) return;
    const context = Context.current();
    const beating = setInterval(() => context.info.heartbeatTimeoutMs === undefined || context.heartbeat(), 1_000);
    await gate.finally(() => clearInterval(beating));
  }

  #guard(name: Name, run: Handler): Handler {
    return async (request) => {
      this.calls.push({ name, request });
      await this.#waitAt(this.#gates.get(name));
      const fault = this.#armed.get(name);
      if (!fault || fault.times <= 0 || (fault.clusterId ?? clusterOf(request)) !== clusterOf(request)) return run(request);
      fault.times -= 1;
      if (fault.after) await run(request);
      throw fault.error();
    };
  }
}
