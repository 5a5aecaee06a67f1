import { CancellationScope, sleep } from '@temporalio/workflow';

/** A due deadline that stays due must not make the loop spin. */
const shortestSleepMs = 1_000;

/**
 * The workflow's one timer. A pending timer is kept when the new deadline is later: on firing, the next one is computed.
 */
export class DeadlineTimer {
  #pending: { at: number; scope: CancellationScope } | null = null;
  /** True from the firing until the loop has taken notice. */
  fired = false;

  /** Makes sure that the timer fires at `at` (Unix milliseconds) or earlier. */
  arm(deadline: { at: number; name: string } | null): void {
    if (!deadline || (this.#pending && this.#pending.at <= deadline.at)) return;
    this.#pending?.scope.cancel();
    const scope = new CancellationScope();
    this.#pending = { at: deadline.at, scope };
    void scope
      .run(() => sleep(Math.max(shortestSleepMs, deadline.at - Date.now()), { summary: deadline.name }))
      .then(() => {
        this.#pending = null;
        this.fired = true;
      })
      .catch(() => undefined);
  }

  /** Takes the firing back; true when there was one. */
  take(): boolean {
    const fired = this.fired;
    this.fired = false;
    return fired;
  }
}
