import { mkdir, open, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describeProgramEnd } from '../../domain/program/describe-program-end';
import type { ProgramCall, ProgramResult } from '../../domain/program/program';
import type { Content } from '../format/content';
import { nameLevel, nameOnVolume, type ReadBytes } from '../format/read-volume';
import { writeIso } from '../format/write-iso';
import { ImageError } from '../image-error';
import { rootfsPath, ramDiskPath, type TemplatePlan } from './plan-template';

const chunkBytes = 8 * 1024 * 1024;
/** A few hundred megabytes are written. */
const toolTimeoutMs = 10 * 60_000;

/** Runs a program in the environment that the service gives its programs. */
export type RunTool = (call: Omit<ProgramCall, 'env'>) => Promise<ProgramResult>;

export interface TemplateSource {
  read: ReadBytes;
  sizeBytes: number;
  signal: AbortSignal;
  run: RunTool;
}

/**
 * Writes an image that boots as its base does, by xorriso. It works on a copy of the base that has a hole in the place of the
 * root file system, which is most of the image: that is never fetched.
 */
export async function writeBootableTemplate(file: string, { volume, rootfs, replaced, ignition }: TemplatePlan, { read, sizeBytes, signal, run }: TemplateSource, workDir: string): Promise<void> {
  const base = join(workDir, 'base.iso');
  const handle = await open(base, 'w');
  try {
    for (const [from, to] of [[0, rootfs.offset], [rootfs.offset + rootfs.length, sizeBytes]] as const) {
      let position = from;
      for await (const chunk of readPieces(read, from, to - from)) {
        signal.throwIfAborted();
        await handle.write(chunk, 0, chunk.length, position);
        position += chunk.length;
      }
    }
    await handle.truncate(sizeBytes);
  } finally {
    await handle.close();
  }
  const files = join(workDir, 'files');
  const changes: string[] = [];
  for (const [path, bytes] of replaced) {
    await mkdir(dirname(join(files, path)), { recursive: true });
    await writeFile(join(files, path), bytes);
    changes.push('-map', join(files, path), `/${path}`);
  }
  await runXorriso([
    ...['-no_rc', '-compliance', `iso_9660_level=${nameLevel(volume)}`, '-indev', base, '-outdev', file, '-volid', volume.volumeId, '-boot_image', 'any', 'replay', '-rm', `/${rootfsPath}`, '--', ...changes],
    // Both areas side by side, so that what must be uploaded around them is small.
    ...['-find', '/images', '-name', ignition.path.split('/').at(-1)?.toLowerCase() ?? '', '-exec', 'sort_weight', '2000', '--'],
    ...['-find', '/images', '-name', ramDiskPath.split('/').at(-1) ?? '', '-exec', 'sort_weight', '1999', '--', '-padding', '0'],
  ], run, signal);
}

/** Writes an image of the layout of its base, for one that does not boot. */
export async function writePlainTemplate(handle: FileHandle, { volume, replaced }: TemplatePlan, { read }: TemplateSource): Promise<void> {
  const kept = [...volume.files].filter(([path]) => path !== nameOnVolume(volume, rootfsPath)).map(([path, { offset, length }]): [string, Content] =>
    [path, { bytes: length, read: () => readPieces(read, offset, length) }]);
  const changed = [...replaced].map(([path, bytes]): [string, Content] => [nameOnVolume(volume, path), bytes]);
  await writeIso(handle, { volumeId: volume.volumeId, files: Object.fromEntries([...kept, ...changed]) });
}

async function* readPieces(read: ReadBytes, offset: number, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < length; at += chunkBytes) yield await read(offset + at, Math.min(chunkBytes, length - at));
}

async function runXorriso(args: string[], run: RunTool, signal: AbortSignal): Promise<void> {
  const result = await run({ program: 'xorriso', args, timeoutMs: toolTimeoutMs, maxOutputBytes: 1024 * 1024, signal });
  signal.throwIfAborted();
  if (result.end === 'not-started') throw new ImageError('xorriso cannot be started on the machine of the worker, and an image that boots is not written without it (Debian: apt-get install xorriso; Fedora: dnf install xorriso)');
  if (result.end !== 'exited' || result.code !== 0) throw new Error(`xorriso ${describeProgramEnd(result)}`);
}
