import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CheckFailed, CheckLog } from '../../src/cli/install-test/check-log';
import type { Reporting } from '../../src/cli/install-test/run-install-test';
import { createUserApi } from '../../src/cli/install-test/user-api';
import { makeBaseImages } from '../../src/dev/base-image/make-base-images';
import { findCacheDir } from '../../src/dev/cache-dir';
import { devOpenshiftVersions } from '../../src/dev/openshift-versions';
import type { BootRun } from './boot-run';
import { startBootStack } from './boot-stack';
import type { Emulator } from './emulator';
import type { BootTestOptions } from './options';
import { discoverPhase } from './phases/discover';
import { imagePhase } from './phases/image';
import { installPhase } from './phases/install';
import { bootByUefi } from './phases/other-firmware';
import { startTimeServer } from './time-server';

/** Its programs may have to be built first, beside others that are. */
const stackTimeoutMs = 20 * 60_000;

/** Boots, discovers and installs; resolves with all checks, also after failures. Whatever it started has ended then. `interrupt` ends it early. */
export async function runBootTest(options: BootTestOptions, emulator: Emulator, artefacts: string, { onResult, say }: Reporting, interrupt: AbortSignal): Promise<CheckLog> {
  const checks = new CheckLog(onResult, () => performance.now());
  const over = new AbortController();
  const limit = setTimeout(() => over.abort(new Error(`the test took longer than ${options.timeoutMs / 60_000} minutes`)), options.timeoutMs);
  const signal = AbortSignal.any([interrupt, over.signal]);
  const workDir = await mkdtemp(join(tmpdir(), 'boot-test-'));
  const cleanUps: BootRun['cleanUps'] = [() => rm(workDir, { recursive: true, force: true })];
  try {
    await runPhases({ options, emulator, checks, signal, abort: (reason) => over.abort(reason), say, workDir, artefacts, cleanUps }).catch((error: unknown) => {
      if (!(error instanceof CheckFailed)) throw error;
    });
    return checks;
  } finally {
    clearTimeout(limit);
    over.abort(new Error('the test has ended'));
    for (const cleanUp of cleanUps.reverse()) await cleanUp().catch((error: unknown) => say(`not cleaned up: ${String(error)}`));
  }
}

async function runPhases(run: Omit<BootRun, 'stack' | 'api'>): Promise<void> {
  const { checks, options, signal, workDir, cleanUps } = run;
  checks.startGroup('stack');
  await checks.check('a base image that boots', makeImages);
  const { stack } = await checks.check('a development stack', async () => {
    const started = await startBootStack(workDir, stackTimeoutMs);
    cleanUps.push(started.stop);
    return started;
  }, (started) => started.stack.api_url);
  const time = await startTimeServer();
  cleanUps.push(time.close);
  const whole: BootRun = { ...run, stack, api: createUserApi({ url: stack.api_url, token: stack.user_token }, signal) };
  const { cluster, iso } = await imagePhase(whole, time.port);
  // Beside the machines that are installed, which wait for their next poll most of the time.
  const byUefi = options.alsoUefi ? bootByUefi(whole, time.port) : undefined;
  byUefi?.catch(() => undefined);
  const discovered = await discoverPhase(whole, cluster, iso);
  if (byUefi) await checks.verify('a machine boots by UEFI too, from the image of another cluster: registered, with its inventory', () => byUefi);
  if (!options.onlyDiscovery) await installPhase(whole, cluster, discovered);
}

/** The stack makes them too; here a machine that cannot is told from a stack that does not start. */
async function makeImages(): Promise<void> {
  const lines: string[] = [];
  const images = await makeBaseImages({ dir: join(findCacheDir(), 'base-images'), versions: devOpenshiftVersions, log: (line) => lines.push(line) });
  if (Object.values(images).some(({ bootable }) => !bootable)) throw new Error(lines.at(-1) ?? 'the base images have no system that boots');
}

