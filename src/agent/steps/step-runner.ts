import { setMaxListeners } from 'node:events';
import type { Step } from '../protocol/step';
import { fail, succeed, type StepAnswer } from '../protocol/step-answer';
import { resetInstallation } from './reset-installation';
import { kindOf, type StepKind } from './step-kind';
import { runSteps } from './run-steps';
import type { StepContext } from './step-context';

interface Running {
  done: Promise<StepAnswer>;
  cancel: () => void;
}

/** Carries out steps, each kind at most once at a time. */
export class StepRunner {
  private readonly running = new Map<StepKind, Running>();
  /** An installed machine is about to restart: what is asked meanwhile must not begin a second installation. */
  private installed = false;

  constructor(private readonly context: StepContext) {}

  /** Carries out a step; undefined when another of its kind answers for it. */
  async run(step: Step): Promise<StepAnswer | undefined> {
    const kind = kindOf(step);
    if (kind === undefined) return fail(-1, `this agent does not know what to do for a step of type ${step.step_type} with this command`);
    if (this.running.has(kind) || (kind === 'install' && this.installed)) return undefined;
    const over = new AbortController();
    const signal = AbortSignal.any([this.context.signal, over.signal]);
    // Each program that runs listens to it, and a step may run dozens side by side.
    setMaxListeners(0, signal);
    const context = { ...this.context, signal };
    const done = this.carryOut(kind, step.args ?? [], context);
    this.running.set(kind, { done, cancel: () => over.abort(new Error('the installation was stopped')) });
    try {
      const answer = await done;
      if (kind === 'install' && answer.exitCode === 0) this.installed = true;
      return answer;
    } finally {
      this.running.delete(kind);
    }
  }

  private async carryOut(kind: StepKind, args: readonly string[], context: StepContext): Promise<StepAnswer> {
    if (kind === 'stop-installation') {
      await this.endInstallation();
      return succeed();
    }
    if (kind === 'reset-installation') {
      await this.endInstallation();
      return resetInstallation(args, context);
    }
    return runSteps[kind](args, context);
  }

  /** Ends the installation that runs and waits for it; without one there is nothing to do. */
  private async endInstallation(): Promise<void> {
    const installation = this.running.get('install');
    installation?.cancel();
    await installation?.done.catch(() => undefined);
  }
}
