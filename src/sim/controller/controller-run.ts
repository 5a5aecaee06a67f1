import { callWithRetries, type CallRetries } from '../../agent/protocol/call-with-retries';
import type { ControllerClient } from '../../agent/protocol/controller-client';
import type { Pace } from '../pace';
import type { Observe } from '../sim-event';

export interface ControllerOptions {
  client: ControllerClient;
  pace: Pace;
  /** PEM of the certificate authority that signed the ingress' certificate; ends with a line feed. */
  ingressCa: string;
  observe: Observe;
}

/** One run of the controller: its calls are made again when they fail, as the controller does. */
export class ControllerRun {
  private readonly retries: CallRetries;

  constructor(
    readonly options: ControllerOptions,
    readonly signal: AbortSignal,
  ) {
    const { pollDivisor } = options.pace;
    this.retries = { attempts: 10, fromMs: 2_000 / pollDivisor, toMs: 10_000 / pollDivisor };
  }

  /** Makes a call, again and again if needed. */
  call<T>(call: () => Promise<T>): Promise<T> {
    return callWithRetries(call, this.retries, this.signal);
  }

  tell(what: string): void {
    this.options.observe({ kind: 'controller', what });
  }
}
