import { randomUUID } from 'node:crypto';
import type { ActivityDeps, ArtefactMaker, ImageMaker } from '../../activities/deps';
import { factsChangedSignal } from '../../workflows/cluster/messages';
import { findAgentToken } from '../domain/input/pull-secret';
import { createBuiltinGenerator } from '../installer/builtin-generator';
import { ensureBaseImage } from '../iso/base-image';
import { createImageMaker, discoveryImageAddress } from '../iso/image-maker';
import { ImageError } from '../iso/image-error';
import type { Store } from '../store/store';
import type { World } from './world';

/** How long an agent may take to start before its unit restarts it. */
const agentStartTimeoutSeconds = 180;

/** What activities need, made of the adapters. */
export function createActivityDeps(world: World): ActivityDeps {
  const { settings, store, messenger } = world;
  const versions = Object.values(settings.OPENSHIFT_VERSIONS);
  return {
    db: world.database.db,
    settings: world.domain,
    secretBox: world.secretBox,
    images: createImages(world),
    artefacts: createArtefacts(store),
    subscriptions: settings.WITH_AMS_SUBSCRIPTIONS ? world.ams : null,
    baseImages: {
      async publish(rhcosVersion, signal, heartbeat) {
        const version = versions.find((candidate) => candidate.rhcos_version === rhcosVersion);
        if (!version) throw new ImageError(`RHCOS ${rhcosVersion} is not configured`);
        const source = { url: version.rhcos_image, ...(version.rhcos_image_sha256 && { sha256: version.rhcos_image_sha256 }) };
        return ensureBaseImage(store, rhcosVersion, source, { signal, onProgress: (bytes) => heartbeat(`${Math.round(bytes / 1_048_576)} MiB stored`) });
      },
    },
    notifier: { factsChanged: (clusterId, what) => messenger.signal(clusterId, factsChangedSignal, { what }) },
    log: world.log,
  };
}

function createImages({ settings, store, domain }: World): ImageMaker {
  const versions = Object.values(settings.OPENSHIFT_VERSIONS);
  const maker = createImageMaker({
    store,
    agent: domain.agent,
    agentStartTimeoutSeconds,
    findRhcosVersion: (openshiftVersion) => versions.find((version) => version.release_version === openshiftVersion)?.rhcos_version,
    agentTokenOf: ({ pullSecret }) => (settings.AUTH_TYPE === 'rhsso' ? (findAgentToken(pullSecret) ?? '') : ''),
  });
  return {
    build: (order, signal) => maker.build(order, signal),
    find: (clusterId) => store.headObject(discoveryImageAddress(clusterId)),
    remove: (clusterId) => maker.remove(clusterId),
  };
}

/** The installation's files of a cluster in the private bucket; `<cluster>/<name>`. */
function createArtefacts(store: Store): ArtefactMaker {
  const generator = createBuiltinGenerator();
  const isKept = (key: string): boolean => /\/(?:logs|manifests)\//.test(key);
  return {
    async make({ snapshot, pullSecret, now }, signal) {
      const { files, openshiftClusterId } = await generator.generate({ snapshot, pullSecret, now, openshiftClusterId: randomUUID() }, { signal });
      const clusterId = snapshot.cluster.id;
      await Promise.all(Object.entries(files).map(([name, content]) => store.putObject({ bucket: 'private', key: `${clusterId}/${name}` }, content, { signal })));
      return { openshiftClusterId };
    },
    async removeInstallation(clusterId) {
      await store.deletePrefix('private', `${clusterId}/`, { keep: isKept });
    },
    async removeAll(clusterId) {
      await store.deletePrefix('private', `${clusterId}/`);
    },
  };
}
