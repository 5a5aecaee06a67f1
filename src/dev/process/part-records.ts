import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endProcess, signalProcess } from './end-process';
import { isAlive, type ProcessIdentity } from './identity';

/** How a later start recognizes and ends a process that its launcher could not end. */
export interface PartRecord {
  name: string;
  identity: ProcessIdentity;
  stopSignal: NodeJS.Signals;
  hurrySignal: NodeJS.Signals;
  stopGraceMs: number;
}

const suffix = '.part.json';

export function recordPart(runDir: string, record: PartRecord): void {
  mkdirSync(runDir, { recursive: true });
  writeFileSync(join(runDir, record.name + suffix), JSON.stringify(record));
}

export function forgetPart(runDir: string, name: string): void {
  rmSync(join(runDir, name + suffix), { force: true });
}

/**
 * Ends every recorded process that still runs and forgets the records. `groups` names the parts that end together,
 * first group first; parts in no group go before them. Returns the names of the processes it ended.
 */
export async function endRecordedParts(runDir: string, groups: readonly (readonly string[])[]): Promise<string[]> {
  const records = readRecords(runDir);
  const named = groups.flat();
  const others = records.map(({ name }) => name).filter((name) => !named.includes(name));
  const ended: string[] = [];
  for (const group of [others, ...groups]) {
    await Promise.all(
      records
        .filter(({ name }) => group.includes(name))
        .map(async (record) => {
          if (isAlive(record.identity)) {
            await endProcess(record.identity, { signal: record.stopSignal, graceMs: record.stopGraceMs });
            ended.push(record.name);
          }
          forgetPart(runDir, record.name);
        }),
    );
  }
  return ended;
}

/** Sends every recorded process its impatient signal. */
export function hurryRecordedParts(runDir: string): void {
  for (const { identity, hurrySignal } of readRecords(runDir)) signalProcess(identity, hurrySignal);
}

function readRecords(runDir: string): PartRecord[] {
  let names: string[];
  try {
    names = readdirSync(runDir).filter((name) => name.endsWith(suffix));
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    try {
      return [JSON.parse(readFileSync(join(runDir, name), 'utf8')) as PartRecord];
    } catch {
      rmSync(join(runDir, name), { force: true });
      return [];
    }
  });
}
