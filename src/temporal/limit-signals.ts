import { factsChangedSignal, type FactsChanged } from '../../workflows/cluster/messages';

export type SendSignal = (clusterId: string, signal: string, payload: object) => Promise<void>;

/**
 * Bounds what one process signals to one cluster: the first `burst` signals of each `windowMs` go out at once, the others become a single
 * one at its end. A signal only says that facts are stored, so nothing is lost but a name in the timeline.
 *
 * Temporal fails a workflow task during which more than a hundred signals have come in, and the SDK then records local activities
 * that were under way in a form that does not replay: hundreds of hosts that report within a second could wedge their cluster.
 */
export function limitSignals(send: SendSignal, { burst = 20, windowMs = 1_000 } = {}): SendSignal {
  const windows = new Map<string, { sent: number; held: number; end: Promise<void>; rest: Promise<void> | null }>();
  return (clusterId, signal, payload) => {
    const window = windows.get(clusterId) ?? open(clusterId);
    if (window.sent < burst) {
      window.sent += 1;
      return send(clusterId, signal, payload);
    }
    window.held += 1;
    window.rest ??= window.end.then(() => {
      const rest: FactsChanged = { what: `${window.held} more reports` };
      return send(clusterId, factsChangedSignal, rest);
    });
    return window.rest;
  };

  function open(clusterId: string) {
    const end = new Promise<void>((resolve) => {
      // A process that ends before need not wait: the monitor tells the workflow of facts that it has not seen.
      setTimeout(() => {
        windows.delete(clusterId);
        resolve();
      }, windowMs).unref();
    });
    const window = { sent: 0, held: 0, end, rest: null };
    windows.set(clusterId, window);
    return window;
  }
}
