import type { StepType } from '../../domain/host/step-type';
import type { StepReply } from './step';

/** Remembers what was posted, so that the same successful output of a step type is not posted again for a while. */
export class ReplyCache {
  private readonly posted = new Map<StepType, { output: string; at: number }>();

  /** `lifetimeMs` is how long an output counts as known. */
  constructor(
    private readonly lifetimeMs: number,
    private readonly now: () => number,
  ) {}

  isKnown(reply: StepReply): boolean {
    const last = this.posted.get(reply.step_type);
    return reply.exit_code === 0 && last !== undefined && last.output === reply.output && this.now() - last.at < this.lifetimeMs;
  }

  /** Call it once the reply has arrived; failures are not remembered. */
  remember(reply: StepReply): void {
    if (reply.exit_code === 0) this.posted.set(reply.step_type, { output: reply.output, at: this.now() });
  }

  /** After a polling error the service may have lost what it was told. */
  flush(): void {
    this.posted.clear();
  }
}
