import { consoleUrlOf } from '../../domain/subscription/wanted';
import type { Actor } from '../../auth/actor';
import { StoreError } from '../../store/store-error';
import type { ServiceDeps } from '../deps';
import { Conflict, NotFound, Unavailable } from '../errors';
import { recordDownload } from '../events/record-download';
import { mayShowCredentials } from './download-rules';
import { loadCluster } from './load-cluster';

export interface Credentials {
  userName: string;
  password: string;
  consoleUrl: string;
}

/** How to log in to an installed cluster. Throws Conflict until its console answers. */
export async function getCredentials(deps: ServiceDeps, actor: Actor, clusterId: string, requestId: string): Promise<Credentials> {
  const { cluster, operators } = await loadCluster(deps, clusterId);
  if (!mayShowCredentials(cluster.status, operators)) throw new Conflict('The credentials are shown once the console of the cluster is available.');
  const password = await readPassword(deps, clusterId);
  await recordDownload(deps, actor, clusterId, 'the kubeadmin password', requestId);
  return { userName: 'kubeadmin', password, consoleUrl: consoleUrlOf(cluster) };
}

async function readPassword({ store }: ServiceDeps, clusterId: string): Promise<string> {
  try {
    return (await store.readObject({ bucket: 'private', key: `${clusterId}/kubeadmin-password` })).toString('utf8').trim();
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    if (error.type === 'NotFound') throw new NotFound(`Cluster ${clusterId} has no stored password.`);
    throw new Unavailable('The file storage does not answer; try again.', 5, { cause: error });
  }
}
