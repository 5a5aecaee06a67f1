import { discoveryImageKey } from '../domain/cluster/discovery-image';
import type { ClusterSnapshot } from '../domain/cluster/model';
import { IgnitionError } from '../domain/ignition/ignition-error';
import type { AgentSettings } from '../domain/settings';
import { baseImageAddress } from './base-image';
import { buildIso, type Filling } from './build-iso';
import type { DiscoveryInput } from './ignition/discovery-input';
import { maskDiscoveryInput } from './ignition/mask-discovery-input';
import { renderDiscoveryIgnition } from './ignition/render-discovery-ignition';
import { packIgnition } from './ignition-archive';
import { ImageError, UnfitConfiguration } from './image-error';
import type { ImageAddress, ImageStore } from './image-store';
import { BaseImageMissing, createBaseImageInspector, type BaseImageInfo } from './inspect-base-image';
import { minimalTemplateAddress } from './minimal/minimal-template';
import { packRamDisk, proxyFiles } from './minimal/ram-disk';
import { bootHookPath, bootScript } from './static-network/boot-script';
import type { ConnectionGenerator } from './static-network/connection-generator';
import { StaticNetworkError } from './static-network/static-network-error';
import { staticNetworkFiles, type LiveFile } from './static-network/static-network-files';

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
  /** Brings back a base image or minimal template that got lost; without it the build fails until somebody does. */
  restoreBaseImage?: (rhcosVersion: string, missing: ImageAddress, signal: AbortSignal) => Promise<unknown>;
  /** Token of the agents of a cluster; empty without authentication. */
  agentTokenOf: (order: { clusterId: string; pullSecret: string }) => Promise<string>;
  /** Makes the connections of static networks. */
  connections: ConnectionGenerator;
  /** Told of each configuration, without its secrets. */
  log?: { debug(fields: object, message: string): void };
  /** What a site adds to every image. */
  site?: Pick<DiscoveryInput, 'serviceCaCertificate' | 'serviceIps' | 'rhRootCaCertificate' | 'mirrorRegistriesConfig' | 'mirrorCaCertificate'>;
}

export interface DiscoveryImageMaker {
  /** Writes the ignition and the image of a cluster in the place of the former one, which goes first. Throws ImageError when trying again cannot help. */
  build(order: DiscoveryOrder, signal: AbortSignal): Promise<{ sizeBytes: number }>;
  /** The ignition as an image of this order would have it; holds secrets. Throws ImageError. */
  renderIgnition(order: DiscoveryOrder): Promise<string>;
  find(clusterId: string): Promise<{ sizeBytes: number } | undefined>;
  remove(clusterId: string): Promise<void>;
}

/** The private object that holds a cluster's discovery image. */
export function discoveryImageAddress(clusterId: string): ImageAddress {
  return { bucket: 'private', key: discoveryImageKey(clusterId) };
}

/** Makes discovery images in the store. */
export function createImageMaker(options: ImageMakerOptions): DiscoveryImageMaker {
  const { store } = options;
  const inspect = createBaseImageInspector(store);
  return {
    build: async (order, signal) => {
      // What the former image holds is not to be kept for longer because the new one cannot be made.
      await removeImage(store, order.clusterId, { signal });
      const minimal = order.imageType === 'minimal-iso';
      const ignition = await renderIgnition(order, options, signal);
      const ramDisk = minimal ? packRamDisk(await refusing(() => ramDiskFiles(order, options, signal))) : Buffer.alloc(0);
      const rhcosVersion = getRhcosVersion(order, options);
      const base = minimal ? minimalTemplateAddress(rhcosVersion) : baseImageAddress(rhcosVersion);
      const info = await inspect(base, { signal }).catch(async (error: unknown) => {
        if (!(error instanceof BaseImageMissing) || !options.restoreBaseImage) throw error;
        await options.restoreBaseImage(rhcosVersion, base, signal);
        return inspect(base, { signal });
      });
      const fillings: Filling[] = [{ what: 'the configuration', area: info.embedArea, payload: packIgnition(ignition) }];
      if (minimal) fillings.push({ what: 'the static network and proxy configuration', area: ramDiskAreaOf(info, base), payload: ramDisk });
      await store.putObject({ bucket: 'private', key: `${order.clusterId}/discovery.ign` }, ignition, { signal, contentType: 'application/json' });
      const { sizeBytes } = await buildIso(store, { base, info, target: discoveryImageAddress(order.clusterId), fillings }, { signal });
      return { sizeBytes };
    },
    renderIgnition: (order) => renderIgnition(order, options),
    find: async (clusterId) => {
      const found = await store.headObject(discoveryImageAddress(clusterId));
      return found && { sizeBytes: found.sizeBytes };
    },
    remove: (clusterId) => removeImage(store, clusterId),
  };
}

/** What a worker that died has begun holds the same secrets; it cannot become an image once it is ended. */
async function removeImage(store: ImageStore, clusterId: string, options: { signal?: AbortSignal } = {}): Promise<void> {
  const address = discoveryImageAddress(clusterId);
  await store.abortUploads(address.bucket, address.key, options);
  await store.deleteObject(address, options);
}

function getRhcosVersion({ snapshot }: DiscoveryOrder, { findRhcosVersion }: ImageMakerOptions): string {
  const { openshiftVersion } = snapshot.cluster;
  const version = findRhcosVersion(openshiftVersion);
  if (version === undefined) throw new ImageError(`there is no base image for OpenShift ${openshiftVersion}`);
  return version;
}

async function renderIgnition(order: DiscoveryOrder, options: ImageMakerOptions, signal?: AbortSignal): Promise<string> {
  const agentToken = await options.agentTokenOf(order);
  return refusing(async () => {
    // A minimal image needs its network before it can read its ignition: there it is in the RAM disk.
    const staticNetwork = order.imageType === 'full-iso' ? await staticNetworkFiles(order.staticNetworkConfig, options.connections, signal) : [];
    const input = { ...toDiscoveryInput(order, agentToken, options), staticNetwork };
    const ignition = renderDiscoveryIgnition(input);
    options.log?.debug({ clusterId: order.clusterId, ignition: renderDiscoveryIgnition(maskDiscoveryInput(input)) }, 'The ignition of a discovery image, without its secrets.');
    return ignition;
  });
}

/** What a minimal image gives its live system before there is a network: the ignition comes too late for it. */
async function ramDiskFiles({ snapshot: { cluster }, staticNetworkConfig }: DiscoveryOrder, { connections }: ImageMakerOptions, signal: AbortSignal): Promise<LiveFile[]> {
  const networks = await staticNetworkFiles(staticNetworkConfig, connections, signal);
  const hook = networks.length > 0 ? [{ path: bootHookPath, mode: 0o755, content: bootScript }] : [];
  return [...networks, ...hook, ...proxyFiles(cluster)];
}

function ramDiskAreaOf({ ramDiskArea }: BaseImageInfo, { key }: ImageAddress): NonNullable<BaseImageInfo['ramDiskArea']> {
  if (!ramDiskArea) throw new ImageError(`the minimal template ${key} has no area for a RAM disk`);
  return ramDiskArea;
}

/** A configuration that cannot be written down cannot be made into an image. */
async function refusing<T>(render: () => Promise<T>): Promise<T> {
  try {
    return await render();
  } catch (error) {
    if (error instanceof IgnitionError || error instanceof StaticNetworkError) throw new UnfitConfiguration(error.message, { cause: error });
    throw error;
  }
}

function toDiscoveryInput(order: DiscoveryOrder, agentToken: string, { agent, agentStartTimeoutSeconds, site }: ImageMakerOptions): Omit<DiscoveryInput, 'staticNetwork'> {
  const { cluster, infraEnv } = order.snapshot;
  return {
    ...site,
    clusterId: order.clusterId,
    serviceBaseUrl: agent.serviceBaseUrl,
    agentImage: agent.agentImage,
    skipCertVerification: agent.skipCertVerification,
    agentToken,
    pullSecret: order.pullSecret,
    sshPublicKey: order.sshPublicKey,
    httpProxy: cluster.httpProxy,
    httpsProxy: cluster.httpsProxy,
    noProxy: cluster.noProxy,
    agentStartTimeoutSeconds,
    ignitionConfigOverrides: infraEnv.ignitionConfigOverrides,
  };
}
