import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Faults } from '../../agent/protocol/controller/new-cluster';
import { describeProgramEnd } from '../../domain/program/describe-program-end';
import type { ProgramResult, RunProgram } from '../../domain/program/program';
import { packFolder } from '../logs/pack-folder';
import { chooseImages } from './choose-images';
import { withinSize } from './size-limit';

export interface MustGatherOptions {
  run: RunProgram;
  /** Path of `oc`. */
  program: string;
  /** The folders where that finds others. */
  path: string;
  /** As MUST_GATHER_IMAGE has it. */
  images: string;
  /** A folder of its own: it holds the administrator's kubeconfig while `oc` runs, and what that collects. */
  folder: string;
  limits?: MustGatherLimits;
}

export interface MustGatherLimits {
  timeoutMs: number;
  /** Of what is collected. */
  maxBytes: number;
  /** Of the archive of it: the service takes logs of 100 MiB in all. */
  maxPackedBytes: number;
  /** Between two looks at the size. */
  everyMs: number;
}

/** What came of it: how it ended, in words, and the path of the archive when there is one. */
export interface Gathered {
  report: string;
  archive?: string;
}

const fieldLimits: MustGatherLimits = { timeoutMs: 20 * 60_000, maxBytes: 1024 ** 3, maxPackedBytes: 90 * 1024 ** 2, everyMs: 5_000 };
/** The program tells of each file. */
const maxOutputBytes = 32 * 1024 ** 2;

/**
 * Has `oc adm must-gather` collect the state of the cluster, as the administrator, and gives what came of it to `use`; nothing is left of it
 * afterwards, however that ends. What was collected before a failure is given as well. Not called where there is nothing to collect.
 */
export async function mustGather(options: MustGatherOptions, faults: Faults, getKubeconfig: () => Promise<string>, use: (gathered: Gathered) => Promise<void>, signal: AbortSignal): Promise<void> {
  const images = chooseImages(options.images, faults);
  if (!images) return;
  const { folder, limits = fieldLimits } = options;
  const collected = join(folder, 'must-gather');
  const kubeconfig = join(folder, 'kubeconfig');
  // A controller that was killed has left its own.
  await rm(folder, { recursive: true, force: true });
  try {
    await mkdir(folder, { mode: 0o700 });
    await mkdir(collected);
    await writeFile(kubeconfig, await getKubeconfig(), { mode: 0o600 });
    const args = [`--kubeconfig=${kubeconfig}`, 'adm', 'must-gather', ...images.map((image) => `--image=${image}`)];
    const result = await withinSize(collected, limits, signal, (limited) => runClient(options, args, limits, limited));
    signal.throwIfAborted();
    await use(await packCollected(collected, join(folder, 'must-gather.tar.gz'), limits, result));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** It reaches the cluster without the proxies of the service, and gets no secret but its kubeconfig. */
function runClient({ run, program, path, folder }: MustGatherOptions, args: string[], { timeoutMs }: MustGatherLimits, signal: AbortSignal): Promise<ProgramResult> {
  const env = { PATH: path, HOME: folder, TMPDIR: folder, LANG: 'C.UTF-8' };
  return run({ program, args, cwd: join(folder, 'must-gather'), env, timeoutMs, maxOutputBytes, signal });
}

async function packCollected(folder: string, archive: string, { maxBytes, maxPackedBytes }: MustGatherLimits, result: ProgramResult): Promise<Gathered> {
  const end = result.end === 'cancelled' ? `was ended: it had collected more than ${maxBytes} bytes` : describeProgramEnd(result);
  const report = `oc adm must-gather ${end}\n`;
  const packed = await packFolder(folder, archive, maxPackedBytes);
  if (packed === 'empty') return { report: `${report}It has collected nothing.\n` };
  if (packed === 'too-large') return { report: `${report}What it has collected is left out: packed it has more than ${maxPackedBytes} bytes.\n` };
  return { report, archive };
}
