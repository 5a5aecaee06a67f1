import { join } from 'node:path';
import { buildProgram } from '../build/build-program';
import { buildWorkflowBundle } from '../build/build-workflow-bundle';
import { findCacheDir } from '../cache-dir';
import { describeOpenshiftVersions, devOpenshiftVersions } from '../openshift-versions';
import { startGateway } from '../gateway/start-gateway';
import { startService, untilServing, type ServiceProcess } from '../parts/service';
import type { RunningPart } from '../process/spawn-part';
import { loadSecrets } from '../secrets';
import { makeServiceEnvironment } from '../service-environment';
import { devSettings } from '../settings';
import type { StackFile } from '../stack-file';
import { describeStack } from './describe-stack';
import { fetchTokens } from './fetch-tokens';
import { startFoundation, type FoundationOptions } from './start-foundation';

export interface StackOptions extends Omit<FoundationOptions, 'owner' | 'identities'> {
  /** Aborted when the start shall not go on; a part that fails aborts it. */
  abort: AbortController;
}

type Role = 'api' | 'worker';

export interface Stack {
  /** The parts the service stands on: when one of them ends, so does the stack. */
  parts: RunningPart[];
  services: Record<Role, ServiceProcess>;
  /** Starts a new process in the place of one that ended. */
  restart: (role: Role) => void;
  describe: () => StackFile;
}

/** Parts that end together when a stack stops, first group first. */
export const stopOrder = [['api', 'worker'], ['ams', 'temporal', 's3'], ['postgres']] as const;

/** Starts all parts, overlapping whatever can overlap, then the service; resolves when it serves. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { data, ports, progress, abort } = options;
  const owner = { runDir: data.runDir, signal: abort.signal };
  const secrets = loadSecrets(data.path);
  const { identities } = secrets;
  const starting = startFoundation({ ...options, owner, identities });
  const [postgres, ams, temporal, s3, script, workflowBundle, images] = await allOrAbort(abort, [
    starting.postgres,
    starting.ams,
    starting.temporal,
    starting.s3,
    progress.step(
      'service',
      () => buildProgram('main'),
      () => 'built',
    ),
    progress.step('workflows', buildWorkflowBundle, () => 'bundled'),
    progress.step('base images', () => makeImages(progress.log)),
  ]);

  const apiUrl = `http://127.0.0.1:${ports.api}`;
  const openshiftVersions = describeOpenshiftVersions(images, `${process.env['S3_PUBLIC_ENDPOINT_URL'] ?? s3.url}/${devSettings.s3.publicBucket}`);
  const env = makeServiceEnvironment({ postgres, temporal, s3, ams, secrets, workflowBundle, apiUrl, openshiftVersions });
  const run = (role: Role) => startService({ role, script, port: ports[role], env, logFile: data.logFile(role), owner });
  const services = { api: run('api'), worker: run('worker') };
  const untilReady = (role: Role) =>
    progress.step(role, () => untilServing(services[role], (reason) => progress.log(`${role}: waiting. ${reason}`)));
  const gateway = await startGateway({ apiUrl, amsUrl: ams.url }, ports.gateway);
  if (abort.signal.aborted) await gateway.close();
  abort.signal.addEventListener('abort', () => void gateway.close(), { once: true });
  const [tokens] = await Promise.all([fetchTokens(ams.tokenUrl, identities), untilReady('worker'), untilReady('api')]);
  return {
    parts: [postgres, ams, temporal, s3],
    services,
    restart: (role) => {
      services[role] = run(role);
    },
    describe: () => describeStack({ postgres, ams, temporal, s3, ...services, gatewayUrl: gateway.url }, tokens),
  };
}

/** Like Promise.all, but the first failure aborts the others, and they have ended when this rejects. */
async function allOrAbort<T extends readonly unknown[] | []>(
  abort: AbortController,
  work: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  try {
    return await Promise.all(work);
  } catch (error) {
    abort.abort(error);
    await Promise.allSettled(work);
    throw error;
  }
}

async function makeImages(log: (line: string) => void) {
  const { makeBaseImages } = await import('../base-image/make-base-images');
  const versions = devOpenshiftVersions.map(({ openshift, rhcos }) => ({ openshift, rhcos }));
  return makeBaseImages({ dir: join(findCacheDir(), 'base-images'), versions, log });
}
