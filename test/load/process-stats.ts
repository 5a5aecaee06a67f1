import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = 100;

interface Stat {
  parent: number;
  ownTicks: number;
  reapedTicks: number;
}

function readStat(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ').map(Number);
    const field = (index: number): number => fields[index] ?? 0;
    return { parent: field(1), ownTicks: field(11) + field(12), reapedTicks: field(13) + field(14) };
  } catch {
    return undefined;
  }
}

function listTree(root: number): { pid: number; stat: Stat }[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).flatMap((name) => {
    const stat = readStat(Number(name));
    return stat ? [{ pid: Number(name), stat }] : [];
  });
  const found = all.filter(({ pid }) => pid === root);
  for (const entry of found) found.push(...all.filter(({ stat }) => stat.parent === entry.pid));
  return found;
}

/** CPU seconds of a process and its descendants, the ended ones included. */
export function treeCpuSeconds(root: number): number {
  return listTree(root).reduce((sum, { stat }) => sum + stat.ownTicks + stat.reapedTicks, 0) / ticksPerSecond;
}

/** Resident memory of a process and its descendants, in bytes. */
export function treeResidentBytes(root: number): number {
  return listTree(root).reduce((sum, { pid }) => sum + Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024, 0);
}

/** The share of a process and its descendants in the memory they use, pages shared with others divided among all, in bytes. */
export function treeProportionalBytes(root: number): number {
  return listTree(root).reduce((sum, { pid }) => sum + Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0) * 1024, 0);
}

/** Bytes that have gone through the read and write calls of a process and its descendants, sockets included. */
export function treeTrafficBytes(root: number): number {
  return listTree(root).reduce((sum, { pid }) => {
    const text = readFileSync(`/proc/${pid}/io`, 'utf8');
    return sum + Number(/rchar: (\d+)/.exec(text)?.[1] ?? 0) + Number(/wchar: (\d+)/.exec(text)?.[1] ?? 0);
  }, 0);
}
