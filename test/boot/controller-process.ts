import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WireCluster } from '../../src/agent/protocol/wire-cluster';
import { buildProgram } from '../../src/dev/build/build-program';
import { spawnPart, type RunningPart } from '../../src/dev/process/spawn-part';
import type { StackFile } from '../../src/dev/stack-file';

const lookSeconds = 5;

/** Starts the controller as it is shipped, beside the cluster that the kubeconfig leads to. */
export async function startController({ id, openshift_version: version }: WireCluster, singleNode: boolean, stack: StackFile, kubeconfig: string, dirs: { workDir: string; artefacts: string }): Promise<RunningPart> {
  const file = join(dirs.workDir, 'kubeconfig');
  writeFileSync(file, kubeconfig, { mode: 0o600 });
  return spawnPart({
    name: 'controller',
    command: [process.execPath, await buildProgram('controller')],
    env: {
      CLUSTER_ID: id, INVENTORY_URL: stack.api_url, PULL_SECRET_TOKEN: stack.agent_token, OPENSHIFT_VERSION: version ?? '', KUBECONFIG: file,
      HIGH_AVAILABILITY_MODE: singleNode ? 'None' : 'Full', CHECK_CLUSTER_VERSION: 'true', LOOK_INTERVAL_SECONDS: String(lookSeconds),
    },
    logFile: join(dirs.artefacts, 'controller.log'),
    stopSignal: 'SIGTERM', hurrySignal: 'SIGKILL', stopGraceMs: 5_000,
  });
}
