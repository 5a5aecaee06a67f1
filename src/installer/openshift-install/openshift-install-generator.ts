import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { IgnitionConfig } from '../../domain/ignition/ignition-config';
import { parseIgnition } from '../../domain/ignition/parse-ignition';
import type { ProgramCall, RunProgram } from '../../domain/program/program';
import { ArtefactError } from '../artefact-error';
import type { ArtefactGenerator, ArtefactInput, ArtefactSite } from '../artefact-generator';
import { completeArtefacts } from '../complete-artefacts';
import { renderInstallConfig } from '../install-config/render-install-config';
import { createReleasePrograms } from './release-programs';
import { runVendorProgram } from './run-vendor-program';
import { inWorkDir } from './work-dir';

export interface OpenshiftInstallOptions {
  run: RunProgram;
  /** Environment of the programs, which reach registries. */
  env: ProgramCall['env'];
  /** Name or path of `oc`, which gets openshift-install out of a release image. */
  client: string;
  /** Holds the programs of releases and a directory for each run. */
  workDir: string;
  /** Of each call of a program. */
  timeoutMs: number;
  /** What the cluster says later of who installed it. */
  invoker: string;
  /** Directories of failed runs that are kept. */
  keptFailures: number;
}

const empty: IgnitionConfig = { ignition: { version: '3.1.0' } };

/** Makes the artefacts with the vendor's openshift-install of the very release that is installed. */
export function createOpenshiftInstallGenerator(site: ArtefactSite, options: OpenshiftInstallOptions): ArtefactGenerator {
  const { run, env, client, workDir, timeoutMs, invoker, keptFailures } = options;
  const programs = createReleasePrograms({ run, env, client, cacheDir: join(workDir, 'releases'), timeoutMs });
  return {
    description: `openshift-install, by ${client}`,
    generate: async (input, { signal, onProgress } = {}) => {
      const { cluster } = input.snapshot;
      if (cluster.ocpReleaseImage === '') throw new ArtefactError('the cluster has no release image');
      onProgress?.('get openshift-install');
      const program = await untilAborted(programs.obtain(cluster.ocpReleaseImage, input.pullSecret), signal);
      const installConfig = renderInstallConfig(input, site);
      return inWorkDir({ root: join(workDir, 'runs'), name: `${cluster.id}-${input.run}`, keptFailures }, async (dir) => {
        const create = async (what: string): Promise<void> => {
          onProgress?.(`openshift-install create ${what}`);
          await runVendorProgram(run, `openshift-install create ${what}`, {
            program, args: ['create', what, '--dir', dir], cwd: dir, timeoutMs, ...(signal ? { signal } : {}),
            env: { ...env, OPENSHIFT_INSTALL_RELEASE_IMAGE_OVERRIDE: cluster.ocpReleaseImage, OPENSHIFT_INSTALL_INVOKER: invoker },
          });
        };
        await writeFile(join(dir, 'install-config.yaml'), installConfig, { mode: 0o600 });
        if (input.manifests?.length) {
          await create('manifests');
          await writeManifests(dir, input.manifests);
        }
        const isSingleNode = cluster.highAvailabilityMode === 'None';
        await create(isSingleNode ? 'single-node-ignition-config' : 'ignition-configs');
        return completeArtefacts({ installConfig, ...(await readParts(dir, isSingleNode)) }, input, site);
      });
    },
  };
}

async function writeManifests(dir: string, manifests: NonNullable<ArtefactInput['manifests']>): Promise<void> {
  for (const { path, content } of manifests) {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), content, { mode: 0o600 });
  }
}

/** A single node boots one configuration that installs it in place; its roles fetch nothing. */
async function readParts(dir: string, isSingleNode: boolean) {
  const read = async (name: string): Promise<string> => {
    const text = await readFile(join(dir, name), 'utf8').catch(() => '');
    if (text === '') throw new Error(`openshift-install ended well but left no ${name}`);
    return text;
  };
  const readIgnition = async (name: string): Promise<IgnitionConfig> => {
    try {
      return parseIgnition(await read(name));
    } catch (error) {
      throw new Error(`what openshift-install left as ${name} is not whole: ${error instanceof Error ? error.message : 'unknown'}`, { cause: error });
    }
  };
  return {
    bootstrap: await readIgnition(isSingleNode ? 'bootstrap-in-place-for-live-iso.ign' : 'bootstrap.ign'),
    master: isSingleNode ? empty : await readIgnition('master.ign'),
    worker: isSingleNode ? empty : await readIgnition('worker.ign'),
    metadata: await read('metadata.json'),
    kubeconfig: await read('auth/kubeconfig'),
    kubeadminPassword: (await read('auth/kubeadmin-password')).trim(),
  };
}

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason as Error);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
