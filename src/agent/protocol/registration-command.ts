import type { HostRegistration } from './wire-cluster';

/** What the next-step runner is told. */
export interface RunnerTarget {
  clusterId: string;
  hostId: string;
  /** How long to wait before a runner that has ended is started again. */
  retrySeconds: number | undefined;
}

function flag(args: readonly string[], name: string): string | undefined {
  const at = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
  return at < 0 ? undefined : args[at]?.includes('=') ? args[at]?.slice(name.length + 1) : args[at + 1];
}

/** Reads the command of a registration's answer; undefined when there is none. Throws when the command cannot run. */
export function readRunnerTarget(registration: HostRegistration): RunnerTarget | undefined {
  const command = registration.next_step_runner_command;
  if (!command?.command) return undefined;
  const args = command.args ?? [];
  const [clusterId, hostId] = [flag(args, '--cluster-id'), flag(args, '--host-id')];
  if (!clusterId || !hostId) throw new Error('the next-step runner command names no cluster or no host');
  return { clusterId, hostId, retrySeconds: command.retry_seconds };
}
