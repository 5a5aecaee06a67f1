/** One named check and how it ended. */
export interface CheckResult {
  group: string;
  name: string;
  outcome: 'passed' | 'failed' | 'skipped';
  seconds: number;
  /** Why it failed or was skipped. */
  reason?: string;
  /** What a passed check has to say. */
  detail?: string;
}

/** Thrown by a check the following ones depend on; it is recorded already. */
export class CheckFailed extends Error {
  override readonly name = 'CheckFailed';
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Runs named checks and keeps what became of them, in order. */
export class CheckLog {
  readonly results: CheckResult[] = [];
  private group = '';

  /** `onResult` sees each result as it comes; `now` is in milliseconds. */
  constructor(
    private readonly onResult: (result: CheckResult) => void,
    private readonly now: () => number,
  ) {}

  startGroup(name: string): void {
    this.group = name;
  }

  /** A check the rest depends on: throws CheckFailed when it fails. Text that `tell` makes of the value is shown with it. */
  async check<T>(name: string, run: () => Promise<T>, tell: (value: T) => string = () => ''): Promise<T> {
    const started = this.now();
    try {
      const value = await run();
      this.add(name, 'passed', started, { detail: tell(value) });
      return value;
    } catch (error) {
      this.add(name, 'failed', started, { reason: reasonOf(error) });
      throw new CheckFailed(reasonOf(error));
    }
  }

  /** A check nothing depends on: a failure is only recorded. */
  async verify<T>(name: string, run: () => Promise<T>, tell?: (value: T) => string): Promise<void> {
    await this.check(name, run, tell).catch((error: unknown) => {
      if (!(error instanceof CheckFailed)) throw error;
    });
  }

  skip(name: string, reason: string): void {
    this.add(name, 'skipped', this.now(), { reason });
  }

  get failed(): boolean {
    return this.results.some((result) => result.outcome === 'failed');
  }

  private add(name: string, outcome: CheckResult['outcome'], started: number, more: { reason?: string; detail?: string }): void {
    const result = { group: this.group, name, outcome, seconds: (this.now() - started) / 1000, ...more };
    this.results.push(result);
    this.onResult(result);
  }
}
