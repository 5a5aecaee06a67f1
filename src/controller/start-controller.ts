import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createControllerClient } from '../agent/protocol/controller-client';
import { fieldPace, lookEvery, type ControllerPace } from '../agent/protocol/controller/controller-pace';
import type { ControllerEvent } from '../agent/protocol/controller/controller-run';
import { runController } from '../agent/protocol/controller/run-controller';
import { NotWanted } from '../agent/protocol/controller/watch-cluster';
import type { Environment } from '../agent/protocol/http/find-proxy';
import { createHttpFetch } from '../agent/protocol/http/http-fetch';
import type { ClusterStatus } from '../domain/cluster/status';
import { loadKubeConfig } from './kubernetes/connect';
import { createKubernetesCluster } from './kubernetes/kubernetes-cluster';
import type { MustGatherOptions } from './must-gather/must-gather';
import type { ControllerSettings } from './settings';

export interface ControllerWiring {
  observe: (event: ControllerEvent) => void;
  readLog(): string;
  /** Where HTTP_PROXY, HTTPS_PROXY and NO_PROXY stand: the way to the service. */
  proxies: Environment;
  pace?: ControllerPace;
  /** What runs `oc`, where there is one. */
  client?: Pick<MustGatherOptions, 'run' | 'program' | 'path'>;
}

/**
 * Runs the controller of one cluster to its end; resolves with how the installation ended, or 'not-wanted' when the service does not
 * know the cluster or refuses the token. Rejects with the signal's reason when that is aborted, and when the service is never reached.
 */
export async function startController(settings: ControllerSettings, { observe, readLog, proxies, pace, client: vendor }: ControllerWiring, signal: AbortSignal): Promise<ClusterStatus | 'not-wanted'> {
  const { clusterId, inventoryUrl, pullSecretToken, ca, skipCertVerification, checkClusterVersion, highlyAvailable, kubeconfig, lookSeconds, mustGatherImage } = settings;
  const fetch = createHttpFetch({ ca, insecure: skipCertVerification, environment: proxies });
  const client = createControllerClient({ url: inventoryUrl, clusterId, token: pullSecretToken, fetch });
  const gathering = vendor && { ...vendor, images: mustGatherImage, folder: join(tmpdir(), `must-gather-${clusterId}`) };
  const cluster = createKubernetesCluster({ config: loadKubeConfig(kubeconfig), isOutside: kubeconfig !== undefined, readLog, ...(gathering && { gathering }) });
  try {
    return await runController({ client, cluster, pace: pace ?? (lookSeconds === undefined ? fieldPace : lookEvery(fieldPace, lookSeconds * 1000)), checkClusterVersion, highlyAvailable, observe }, signal);
  } catch (error) {
    if (!(error instanceof NotWanted)) throw error;
    observe({ kind: 'controller', what: `ends: ${error.message}` });
    return 'not-wanted';
  }
}
