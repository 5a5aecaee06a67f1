import type { HostStage } from '../../../domain/host/stage';
import { callWithRetries } from '../call-with-retries';
import type { ControllerClient } from '../controller-client';
import type { ControllerPace } from './controller-pace';
import type { NewCluster } from './new-cluster';

/** What a controller tells of its work. */
export type ControllerEvent = { kind: 'controller'; what: string } | { kind: 'stage'; hostId: string; stage: HostStage; info: string };

export interface ControllerOptions {
  client: ControllerClient;
  cluster: NewCluster;
  pace: ControllerPace;
  /** Whether the operator of the release is waited for. */
  checkClusterVersion: boolean;
  /** Several masters. */
  highlyAvailable: boolean;
  observe: (event: ControllerEvent) => void;
}

/** One run of the controller: its calls to the service are made again when they fail, as controllers in the field do. */
export class ControllerRun {
  constructor(
    readonly options: ControllerOptions,
    readonly signal: AbortSignal,
  ) {}

  /** Makes a call to the service, again and again if needed. */
  call<T>(call: () => Promise<T>): Promise<T> {
    return callWithRetries(call, this.options.pace.retries, this.signal);
  }

  tell(what: string): void {
    this.options.observe({ kind: 'controller', what });
  }

  /** The same work under another signal. */
  until(signal: AbortSignal): ControllerRun {
    return new ControllerRun(this.options, AbortSignal.any([this.signal, signal]));
  }
}
