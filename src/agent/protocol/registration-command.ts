import { isRecord } from './is-record';
import { RequestFailed } from './request-failed';

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

/** Reads the command of a registration's answer; undefined when there is none. Throws RequestFailed when the command cannot run, or the answer is none. */
export function readRunnerTarget(registration: unknown): RunnerTarget | undefined {
  const fail = (reason: string): RequestFailed => new RequestFailed(0, reason, 'POST hosts');
  if (!isRecord(registration)) throw fail('what came is no host');
  const command = registration['next_step_runner_command'];
  if (!isRecord(command) || !command['command']) return undefined;
  const args = Array.isArray(command['args']) ? command['args'].map(String) : [];
  const [clusterId, hostId] = [flag(args, '--cluster-id'), flag(args, '--host-id')];
  if (!clusterId || !hostId) throw fail('the next-step runner command names no cluster or no host');
  const seconds = command['retry_seconds'];
  return { clusterId, hostId, retrySeconds: typeof seconds === 'number' && seconds > 0 ? seconds : undefined };
}
