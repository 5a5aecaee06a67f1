import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureByFio } from '../disk/measure-by-fio';
import { measureSync } from '../disk/measure-sync';
import { findTargetDisk, isEmptyDisk } from '../install/target-disk';
import { findJson } from '../protocol/find-json';
import { isRecord } from '../protocol/is-record';
import { succeed } from '../protocol/step-answer';
import type { DiskSpeedCheckRequest, DiskSpeedCheckResponse } from '../protocol/step-payloads';
import type { RunStep, StepContext } from './step-context';

const scratchBytes = 4 * 1024 * 1024;

const isRequest = (value: unknown): value is DiskSpeedCheckRequest => isRecord(value) && typeof value['path'] === 'string';

/** Tells how long a synchronized write takes on the disk to install on. A failed measurement names the disk as well, so that it counts as made. */
export const diskSpeed: RunStep = async (args, context) => {
  const { path: key } = findJson(args, isRequest);
  const answer = (duration: number): DiskSpeedCheckResponse => ({ io_sync_duration: duration, path: key });
  try {
    return succeed(answer(Math.round(await measure(key, context))));
  } catch (error) {
    context.signal.throwIfAborted();
    return { exitCode: 1, output: JSON.stringify(answer(0)), error: error instanceof Error ? error.message : String(error) };
  }
};

async function measure(key: string, { machine, options, log, signal }: StepContext): Promise<number> {
  const disk = await findTargetDisk(machine, key);
  if (options.dryRun) {
    log(`dry run: a file is measured instead of ${disk.path}`);
    return measureScratchFile(signal);
  }
  const path = `${machine.root}${disk.path}`;
  return machine.has('fio') && (await isEmptyDisk(machine, disk.path, disk.sizeBytes)) ? measureByFio(machine, path, signal) : measureSync(path, signal);
}

async function measureScratchFile(signal: AbortSignal): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'agent-disk-'));
  try {
    const file = join(folder, 'scratch');
    await writeFile(file, Buffer.alloc(scratchBytes));
    return await measureSync(file, signal);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
