import type { ClusterSnapshot } from '../domain/cluster/model';
import type { AgentSettings } from '../domain/settings';
import { baseImageAddress } from './base-image';
import { buildFullIso } from './build-full-iso';
import { digestText, hashImageRequest } from './hash-image-request';
import type { DiscoveryInput } from './ignition/discovery-input';
import { renderDiscoveryIgnition } from './ignition/render-discovery-ignition';
import { packIgnition } from './ignition-archive';
import { ImageError } from './image-error';
import type { ImageAddress, ImageStore } from './image-store';
import { createBaseImageInspector } from './inspect-base-image';

/** What a discovery image of a cluster is made from; holds secrets. */
export interface DiscoveryOrder {
  clusterId: string;
  snapshot: ClusterSnapshot;
  pullSecret: string;
  sshPublicKey: string;
  imageType: 'full-iso' | 'minimal-iso';
  staticNetworkConfig: string;
}

export interface ImageMakerOptions {
  store: ImageStore;
  agent: AgentSettings;
  agentStartTimeoutSeconds: number;
  /** The RHCOS version that serves an OpenShift version; undefined when the version is not offered. */
  findRhcosVersion: (openshiftVersion: string) => string | undefined;
  /** Token of the agents of a cluster; empty without authentication. */
  agentTokenOf: (order: { clusterId: string; pullSecret: string }) => string;
  /** What a site adds to every image. */
  site?: Pick<DiscoveryInput, 'serviceCaCertificate' | 'serviceIps' | 'mirrorRegistriesConfig' | 'mirrorCaCertificate'>;
}

export interface DiscoveryImageMaker {
  /** Canonical hash of everything the image depends on. */
  hash(order: DiscoveryOrder): string;
  /** Writes the ignition and the image of a cluster. Throws ImageError or IgnitionError when trying again cannot help. */
  build(order: DiscoveryOrder, signal: AbortSignal): Promise<{ imageHash: string; sizeBytes: number }>;
  exists(clusterId: string): Promise<boolean>;
  remove(clusterId: string): Promise<void>;
}

/** The private object that holds a cluster's discovery image. */
export function discoveryImageAddress(clusterId: string): ImageAddress {
  return { bucket: 'private', key: `discovery-image-${clusterId}.iso` };
}

/** Makes discovery images in the store. */
export function createImageMaker(options: ImageMakerOptions): DiscoveryImageMaker {
  const { store, agent } = options;
  const inspect = createBaseImageInspector(store);
  const site = options.site ?? {};
  const serviceDigest = digestText(JSON.stringify([agent.serviceBaseUrl, agent.agentImage, agent.skipCertVerification, options.agentStartTimeoutSeconds, site]));

  const getRhcosVersion = ({ snapshot }: DiscoveryOrder) => {
    const { openshiftVersion } = snapshot.cluster;
    const version = options.findRhcosVersion(openshiftVersion);
    if (version === undefined) throw new ImageError(`there is no base image for OpenShift ${openshiftVersion}`);
    return version;
  };

  const hash = (order: DiscoveryOrder) => {
    const { cluster, infraEnv } = order.snapshot;
    return hashImageRequest({
      clusterId: order.clusterId,
      imageType: order.imageType,
      rhcosVersion: getRhcosVersion(order),
      sshPublicKey: order.sshPublicKey,
      staticNetworkConfig: order.staticNetworkConfig,
      httpProxy: cluster.httpProxy,
      httpsProxy: cluster.httpsProxy,
      noProxy: cluster.noProxy,
      ignitionConfigOverrides: infraEnv.ignitionConfigOverrides,
      pullSecretDigest: digestText(order.pullSecret),
      serviceDigest,
    });
  };

  return {
    hash,
    build: async (order, signal) => {
      if (order.imageType !== 'full-iso') throw new ImageError(`images of type ${order.imageType} are not offered`);
      if (order.staticNetworkConfig !== '') throw new ImageError('images with a static network configuration are not offered');
      const imageHash = hash(order);
      const ignition = renderDiscoveryIgnition(toDiscoveryInput(order, options, site));
      const base = baseImageAddress(getRhcosVersion(order));
      const info = await inspect(base, { signal });
      const payload = packIgnition(ignition);
      await store.putObject({ bucket: 'private', key: `${order.clusterId}/discovery.ign` }, ignition, { signal, contentType: 'application/json' });
      const { sizeBytes } = await buildFullIso(store, { base, info, target: discoveryImageAddress(order.clusterId), payload }, { signal });
      return { imageHash, sizeBytes };
    },
    exists: async (clusterId) => (await store.headObject(discoveryImageAddress(clusterId))) !== undefined,
    remove: (clusterId) => store.deleteObject(discoveryImageAddress(clusterId)),
  };
}

function toDiscoveryInput(order: DiscoveryOrder, { agent, agentStartTimeoutSeconds, agentTokenOf }: ImageMakerOptions, site: ImageMakerOptions['site']): DiscoveryInput {
  const { cluster, infraEnv } = order.snapshot;
  return {
    ...site,
    clusterId: order.clusterId,
    serviceBaseUrl: agent.serviceBaseUrl,
    agentImage: agent.agentImage,
    skipCertVerification: agent.skipCertVerification,
    agentToken: agentTokenOf(order),
    pullSecret: order.pullSecret,
    sshPublicKey: order.sshPublicKey,
    httpProxy: cluster.httpProxy,
    httpsProxy: cluster.httpsProxy,
    noProxy: cluster.noProxy,
    agentStartTimeoutSeconds,
    ignitionConfigOverrides: infraEnv.ignitionConfigOverrides,
  };
}
