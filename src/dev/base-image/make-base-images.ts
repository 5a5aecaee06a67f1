import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeIso } from '../../iso/format/write-iso';
import { withLock } from '../process/lock';
import { makeBootFiles } from './boot-files';
import { findImage, keepImage, type BaseImage } from './image-cache';
import { layOutLiveImage } from './live-layout';
import { buildOwnPrograms } from './live-programs';
import { findMissingTools, type MissingTools } from './missing-tools';
import { writeBootableIso } from './write-bootable-iso';
import { writeDescriptors } from './write-descriptors';

export interface BaseImageOptions {
  /** Where images and what they are made of are kept. */
  dir: string;
  versions: readonly { openshift: string; rhcos: string }[];
  /** Random bytes added to the root file system, in MiB. */
  padMib?: number;
  log: (line: string) => void;
  /** Where programs are looked for; the machine's PATH by default. */
  searchPath?: string;
}

/** Raised when images come out differently. */
const format = 3;

/**
 * Base images for development, by RHCOS version, with the vendor's layout: a small live system where the tools for it are there, else
 * the layout alone, and the log says so. Made once: another call with the same inputs finds them, but not those that lack a live system though
 * the tools for it are there, as after a download that failed.
 */
export async function makeBaseImages(options: BaseImageOptions): Promise<Record<string, BaseImage>> {
  const dir = resolve(options.dir);
  await mkdir(dir, { recursive: true });
  return withLock(join(dir, '.lock'), () => makeAll({ ...options, dir }), (pid) => options.log(`base images: waiting for process ${pid}, which is making them`));
}

async function makeAll({ dir, versions, padMib = 0, log, searchPath }: BaseImageOptions): Promise<Record<string, BaseImage>> {
  const missing = process.arch === 'x64' ? await findMissingTools(searchPath) : undefined;
  const inputs = JSON.stringify({ format, padMib, arch: process.arch, missing: missing?.programs ?? [], node: process.version, content: await hashContent() });
  const images: Record<string, BaseImage> = {};
  const absent: string[] = [];
  for (const { rhcos } of versions) {
    const found = await findImage(imagePath(dir, rhcos, padMib), inputs);
    if (found) images[rhcos] = found;
    else absent.push(rhcos);
  }
  if (absent.length === 0) return images;
  const boot = await findBootFiles(join(dir, 'live-system'), missing, log);
  const failed = boot === undefined && missing === undefined && process.arch === 'x64';
  for (const rhcos of absent) {
    images[rhcos] = await makeImage({ dir, rhcos, padMib, boot, inputs: failed ? 'to be made again' : inputs });
    log(`base images: ${imagePath(dir, rhcos, padMib)}${boot ? '' : ' (layout only)'}`);
  }
  return images;
}

async function findBootFiles(dir: string, missing: MissingTools | undefined, log: (line: string) => void): Promise<Record<string, Buffer> | undefined> {
  const consequence = 'so the images have the layout of a live image but do not boot';
  if (missing) {
    log(`base images: ${missing.programs.join(', ')} not found, ${consequence}; to get them: ${missing.remedy}`);
    return undefined;
  }
  if (process.arch !== 'x64') {
    log(`base images: a live system is only made on x86-64, ${consequence}`);
    return undefined;
  }
  try {
    return await makeBootFiles(dir, log);
  } catch (error) {
    log(`base images: ${error instanceof Error ? error.message : String(error)}; ${consequence}. The next start tries again`);
    return undefined;
  }
}

async function makeImage({ dir, rhcos, padMib, boot, inputs }: {
  dir: string;
  rhcos: string;
  padMib: number;
  boot: Record<string, Buffer> | undefined;
  inputs: string;
}): Promise<BaseImage> {
  const layout = layOutLiveImage({ rhcos, padMib, boot: boot ?? {} });
  const temporary = join(dir, `.${rhcos}.part`);
  await rm(temporary, { force: true });
  try {
    if (boot) await writeBootableIso(temporary, layout, join(dir, 'live-system'));
    const handle = await open(temporary, boot ? 'r+' : 'w+');
    try {
      if (!boot) await writeIso(handle, layout);
      await writeDescriptors(handle, layout);
    } finally {
      await handle.close();
    }
    return await keepImage(temporary, imagePath(dir, rhcos, padMib), inputs, boot !== undefined);
  } finally {
    await rm(temporary, { force: true });
  }
}

function imagePath(dir: string, rhcos: string, padMib: number): string {
  return join(dir, padMib === 0 ? `rhcos-${rhcos}.iso` : `rhcos-${rhcos}-pad${padMib}.iso`);
}

/** Of what this project puts into a live system. */
async function hashContent(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of ['live-init.sh', 'udhcpc-script.sh']) hash.update(await readFile(new URL(name, import.meta.url)));
  for (const bundle of Object.values(await buildOwnPrograms())) hash.update(bundle);
  return hash.digest('hex');
}
