import type { Database, DatabaseConnection } from '../src/db/client';
import type { ClusterInput } from '../workflows/cluster/contract';
import type { SweepSettings } from './sweep';
import type { SecretBox } from '../src/db/secret-box';
import type { Store } from '../src/store/store';
import type { DomainSettings } from '../src/domain/settings';
import type { Host } from '../src/domain/host/model';
import type { DnsChange, FoundRecord } from '../src/domain/dns/dns-record';
import type { ManagedDomain } from '../src/domain/cluster/managed-domain';
import type { ClusterSnapshot } from '../src/domain/cluster/model';
import type { RecordMeasures } from '../src/domain/metrics/measure';

/** What a discovery image of a cluster is made from; holds secrets. */
export interface ImageOrder {
  clusterId: string;
  snapshot: ClusterSnapshot;
  pullSecret: string;
  sshPublicKey: string;
  imageType: 'full-iso' | 'minimal-iso';
  staticNetworkConfig: string;
}

/** Builds and removes discovery images in the private bucket. Failures whose name is ImageError are final. */
export interface ImageMaker {
  build(order: ImageOrder, signal: AbortSignal): Promise<{ sizeBytes: number }>;
  find(clusterId: string): Promise<{ sizeBytes: number } | undefined>;
  remove(clusterId: string): Promise<void>;
}

/** Generates the artefacts of an installation and stores them under the cluster's prefix of the private bucket. */
export interface ArtefactMaker {
  make(
    order: { snapshot: ClusterSnapshot; pullSecret: string; now: Date }, options: { signal: AbortSignal; onProgress: (step: string) => void },
  ): Promise<{ openshiftClusterId: string }>;
  /** Stores the ignition that a host is added to a running cluster with. Failures whose name is IgnitionError are final. */
  storeDay2Ignition(snapshot: ClusterSnapshot, host: Host): Promise<void>;
  /** Removes what an installation left; logs and manifests stay. */
  removeInstallation(clusterId: string): Promise<void>;
  /** Removes every object of a cluster. */
  removeAll(clusterId: string): Promise<void>;
}

/** The calls of AMS that the service makes; failures are AmsError-shaped: `status` is null when there was no answer. */
export interface SubscriptionService {
  findSubscriptions(filter: { clusterId: string } | { externalClusterId: string }, options?: CallOptions): Promise<{ id: string; status: string; displayName: string; externalClusterId: string; consoleUrl: string }[]>;
  createReservedSubscription(input: { accountUsername: string; clusterId: string; displayName: string }, options?: CallOptions): Promise<{ id: string }>;
  patchSubscription(id: string, fields: { displayName?: string; externalClusterId?: string; consoleUrl?: string; status?: 'Active' }, options?: CallOptions): Promise<unknown>;
  deleteSubscription(id: string, options?: CallOptions): Promise<void>;
}

interface CallOptions {
  signal?: AbortSignal;
}

/** The domains that this service manages, and their zones. Calls fail with a DnsError. */
export interface DnsService {
  domains: readonly ManagedDomain[];
  zones: {
    /** All records of one name. */
    listRecords(zoneId: string, name: string, signal: AbortSignal): Promise<FoundRecord[]>;
    /** All of the changes, or none of them. */
    changeRecords(zoneId: string, changes: readonly DnsChange[], signal: AbortSignal): Promise<void>;
  };
}

/** Publishes in the public bucket what the images of a version are made of, unless it is there. Failures whose name is ImageError are final. */
export interface BaseImagePublisher {
  publish(rhcosVersion: string, signal: AbortSignal, heartbeat: (progress: string) => void): Promise<{ key: string; sizeBytes: number; fetched: boolean }>;
  makeMinimal(rhcosVersion: string, signal: AbortSignal): Promise<{ key: string; sizeBytes: number; made: boolean }>;
}

/** Makes and removes the service images of users in the private bucket. Failures whose name is ImageError are final. */
export interface ServiceImageMaker {
  build(order: { userName: string; requestId: string }, signal: AbortSignal): Promise<{ sizeBytes: number }>;
  /** Removes a stored request. */
  discard(order: { userName: string; requestId: string }): Promise<void>;
  remove(userName: string): Promise<void>;
}

/** Where the state objects of clusters lie. Fails with a StoreError. */
export type StateStore = Pick<Store, 'putObject' | 'readObject'>;

/** How the sweep speaks with clusters' workflows. */
export interface ClusterNotifier {
  /** Tells a workflow that there is something to see; false when there is none. */
  factsChanged(clusterId: string, what: string): Promise<boolean>;
  /** Starts the workflow of a cluster that has lost it, with what its row tells; false for a cluster that was deleted for good. */
  start(input: ClusterInput): Promise<boolean>;
}

/** Everything activities need of the world; wired in src/main.ts. */
export interface ActivityDeps {
  db: Database;
  /** Runs work while holding the lock of a name; see src/db/client. */
  exclusively: DatabaseConnection['exclusively'];
  settings: DomainSettings;
  secretBox: SecretBox;
  stateStore: StateStore;
  images: ImageMaker;
  artefacts: ArtefactMaker;
  /** null when subscriptions are switched off. */
  subscriptions: SubscriptionService | null;
  /** null when no domain is managed. */
  dns: DnsService | null;
  baseImages: BaseImagePublisher;
  serviceImages: ServiceImageMaker;
  notifier: ClusterNotifier;
  sweep: SweepSettings;
  metrics: {
    record: RecordMeasures;
    /** Drops what is counted for a cluster that is gone for good. */
    forgetCluster(clusterId: string): void;
  };
  log: { info(fields: object, message: string): void; warn(fields: object, message: string): void; error(fields: object, message: string): void };
}
