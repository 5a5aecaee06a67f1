/**
 * A signal that aborts with a TimeoutError after a time, or with another signal before.
 *
 * Not `AbortSignal.any([signal, AbortSignal.timeout(ms)])`: nothing but the joined signal knows of the second one, Node.js (20, at least)
 * collects it as garbage, and the limit never comes. Here the timer holds it.
 * @param milliseconds how long, from now
 */
export function timeLimit(milliseconds: number, signal?: AbortSignal): AbortSignal {
  const late = new AbortController();
  // A process may end before its limits do.
  setTimeout(() => late.abort(new DOMException('The operation took too long.', 'TimeoutError')), milliseconds).unref();
  return signal ? AbortSignal.any([signal, late.signal]) : late.signal;
}
