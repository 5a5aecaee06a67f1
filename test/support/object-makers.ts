import { randomUUID } from 'node:crypto';
import type { ArtefactMaker, ImageMaker } from '../../activities/deps';
import { discoveryImageAddress } from '../../src/iso/image-maker';
import type { Store } from '../../src/store/store';

/** Kubeadmin password and key of every test installation: must never be seen outside the private bucket. */
export const plantedSecrets = { pullSecret: 'planted-pull-secret-auth', password: 'planted-kubeadmin-password', key: 'planted-client-key' };

/** Images and artefacts as small real objects of a store; how they are generated is not what the tests of workflows are about. */
export function createObjectMakers(store: Store): { images: ImageMaker; artefacts: ArtefactMaker } {
  const put = (key: string, body: string) => store.putObject({ bucket: 'private', key }, body);
  return {
    images: {
      async build(order) {
        const body = `image of ${order.clusterId} with ${order.pullSecret}`;
        await put(discoveryImageAddress(order.clusterId).key, body);
        return { sizeBytes: body.length };
      },
      find: (clusterId) => store.headObject(discoveryImageAddress(clusterId)),
      remove: (clusterId) => store.deleteObject(discoveryImageAddress(clusterId)),
    },
    artefacts: {
      async make({ snapshot, pullSecret }) {
        const { id } = snapshot.cluster;
        await put(`${id}/install-config.yaml`, `machineNetwork: ${snapshot.cluster.machineNetworkCidr}\nntp: ${snapshot.cluster.additionalNtpSource}\npullSecret: ${pullSecret}`);
        await put(`${id}/kubeadmin-password`, plantedSecrets.password);
        await put(`${id}/kubeconfig-noingress`, `client-key-data: ${plantedSecrets.key}`);
        return { openshiftClusterId: randomUUID() };
      },
      async storeDay2Ignition({ cluster }, host) {
        await put(`${cluster.id}/${host.role}-${host.id}.ign`, '{}');
      },
      async removeInstallation(clusterId) {
        await store.deletePrefix('private', `${clusterId}/`, { keep: (key) => key.includes('/logs/') });
      },
      async removeAll(clusterId) {
        await store.deletePrefix('private', `${clusterId}/`);
      },
    },
  };
}

/** Keys of a cluster's objects, sorted. */
export async function listObjects(store: Store, clusterId: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const key of store.listKeys('private', '')) if (key.includes(clusterId)) keys.push(key);
  return keys.sort();
}
