import { readFileSync } from 'node:fs';

/** What tells one process from every other that ever had its pid: start time in clock ticks since boot, and the boot. */
export interface ProcessIdentity {
  pid: number;
  startTime: string;
  bootId: string;
}

/** The identity of a live process, or undefined; a zombie counts as gone. Source: proc(5), field 22 of /proc/PID/stat. */
export function findIdentity(pid: number): ProcessIdentity | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, startTime] = [fields[0], fields[19]];
    if (!startTime || state === 'Z' || state === 'X') return undefined;
    return { pid, startTime, bootId: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() };
  } catch {
    return undefined;
  }
}

/** Whether exactly this process, not a later one with the same pid, is still running. */
export function isAlive(identity: ProcessIdentity): boolean {
  const now = findIdentity(identity.pid);
  return now?.startTime === identity.startTime && now.bootId === identity.bootId;
}

/** The command line of a process, arguments joined by blanks; empty when unreadable. */
export function readCommandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').join(' ').trim();
  } catch {
    return '';
  }
}
