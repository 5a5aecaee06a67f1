import { createHash } from 'node:crypto';
import { access, constants, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProgramCall, RunProgram } from '../../domain/program/program';
import { runVendorProgram } from './run-vendor-program';

export interface ReleaseProgramsOptions {
  run: RunProgram;
  env: ProgramCall['env'];
  /** Name or path of `oc`. */
  client: string;
  /** Holds one folder a release. */
  cacheDir: string;
  timeoutMs: number;
}

/** Gets the openshift-install of a release out of its image, once per release; who asks meanwhile waits for the same. */
export function createReleasePrograms(options: ReleaseProgramsOptions) {
  const underWay = new Map<string, Promise<string>>();
  return {
    /** Path of the program. The pull secret is for the registry of the release. Not cancelled with one who asks: others may wait too. */
    obtain(releaseImage: string, pullSecret: string): Promise<string> {
      const running = underWay.get(releaseImage);
      if (running) return running;
      const extraction = extract(options, releaseImage, pullSecret).finally(() => underWay.delete(releaseImage));
      underWay.set(releaseImage, extraction);
      return extraction;
    },
  };
}

async function extract({ run, env, client, cacheDir, timeoutMs }: ReleaseProgramsOptions, releaseImage: string, pullSecret: string): Promise<string> {
  const home = join(cacheDir, createHash('sha256').update(releaseImage).digest('hex').slice(0, 32));
  const path = join(home, 'openshift-install');
  if (await isExecutable(path)) return path;
  await mkdir(cacheDir, { recursive: true, mode: 0o700 });
  const dir = await mkdtemp(join(cacheDir, '.extract-'));
  try {
    // In a file: arguments can be read by every user of the machine.
    const registryConfig = join(dir, 'registry-config.json');
    await writeFile(registryConfig, pullSecret, { mode: 0o600 });
    const args = ['adm', 'release', 'extract', '--command=openshift-install', `--to=${dir}`, `--registry-config=${registryConfig}`, releaseImage];
    await runVendorProgram(run, 'oc adm release extract', { program: client, args, cwd: dir, env, timeoutMs });
    await rm(registryConfig);
    if (!(await isExecutable(join(dir, 'openshift-install')))) throw new Error(`oc adm release extract left no openshift-install of ${releaseImage}`);
    await rm(home, { recursive: true, force: true });
    await rename(dir, home);
    return path;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

const isExecutable = (path: string): Promise<boolean> => access(path, constants.X_OK).then(() => true, () => false);
