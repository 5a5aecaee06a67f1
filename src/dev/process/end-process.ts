import { waitUntil } from '../wait-until';
import { isAlive, type ProcessIdentity } from './identity';

/** Signals exactly this process; a process that is gone, or whose pid now belongs to another, is left alone. */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): void {
  if (!isAlive(identity)) return;
  try {
    process.kill(identity.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Ends a process: the polite signal, then KILL after `graceMs`; resolves when it is gone. */
export async function endProcess(
  identity: ProcessIdentity,
  { signal, graceMs }: { signal: NodeJS.Signals; graceMs: number },
): Promise<void> {
  const gone = () => !isAlive(identity);
  signalProcess(identity, signal);
  try {
    await waitUntil(`end of process ${identity.pid}`, gone, { timeoutMs: graceMs, intervalMs: 20 });
  } catch {
    signalProcess(identity, 'SIGKILL');
    await waitUntil(`end of killed process ${identity.pid}`, gone, { timeoutMs: 5_000, intervalMs: 20 });
  }
}
