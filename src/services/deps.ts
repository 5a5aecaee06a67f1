import type { Database } from '../db/client';
import type { SecretBox } from '../db/secret-box';
import type { ManagedDomain } from '../domain/cluster/managed-domain';
import type { DomainSettings } from '../domain/settings';
import type { ClusterSnapshot } from '../domain/cluster/model';
import type { Store } from '../store/store';
import type { ClusterMessenger } from '../temporal/cluster-messenger';
import type { DnsLookup } from './domains/check-managed-domain';
import type { FileLinks } from './clusters/file-links';
import type { ServiceImageMessenger } from '../temporal/service-image-messenger';
import type { ImageLinks } from './clusters/image-links';
import type { OwnerLookup } from './clusters/owner-lookup';

/** A version that clusters can be installed with, as the configuration's JSON document describes it. */
export interface OpenshiftRelease {
  display_name: string;
  release_version: string;
  release_image: string;
  rhcos_image: string;
  rhcos_rootfs: string;
  rhcos_version: string;
  support_level: 'beta' | 'production' | 'custom';
  default?: boolean | undefined;
}

/** What a pull secret must hold. */
export interface PullSecretPolicy {
  /** Registries that need credentials: those of the images in use that are not public. */
  requiredRegistries: string[];
  /** The account behind a token of `cloud.openshift.com`; null when nobody checks. Rejects with AuthError. */
  findAccount: ((token: string) => Promise<{ userName: string; orgId: string }>) | null;
  /** Whether the account may be any of the user's organisation. */
  sharedInOrg: boolean;
}

/** What would be made of a cluster as it is; both hold secrets. Throw Invalid when the user's overrides do not fit. */
export interface InstallationPreviews {
  /** install-config.yaml. */
  installConfig(snapshot: ClusterSnapshot, pullSecret: string): string;
  /** The ignition of the discovery image, as JSON. */
  discoveryIgnition(snapshot: ClusterSnapshot, pullSecret: string): Promise<string>;
}

/** Everything the user-facing services need of the world; wired in src/main.ts. */
export interface ServiceDeps {
  db: Database;
  messenger: ClusterMessenger;
  serviceImages: ServiceImageMessenger;
  /** Why the network of a host cannot be used, undefined when it can. Rejects with Unavailable when that cannot be told. */
  checkNetworkYaml: (networkYaml: string) => Promise<string | undefined>;
  store: Store;
  secretBox: SecretBox;
  owners: OwnerLookup;
  /** Whether members of an organisation see and change its clusters. */
  orgTenancy: boolean;
  imageLinks: ImageLinks;
  fileLinks: FileLinks;
  previews: InstallationPreviews;
  pullSecrets: PullSecretPolicy;
  /** By major.minor. */
  releases: Readonly<Record<string, OpenshiftRelease>>;
  /** Whether the base image of a version is missing and could not be fetched: such versions are not listed. */
  cannotBeOffered: (rhcosVersion: string) => boolean;
  /** Names of the service's own images, by component, and which implementation does what a vendor's program could do. */
  componentVersions: { releaseTag: string; versions: Readonly<Record<string, string>> };
  settings: DomainSettings;
  managedDomains: readonly ManagedDomain[];
  dns: DnsLookup;
  /** NTP source of clusters that name none; empty when there is none. */
  ntpSource: string;
  log: { info(fields: object, message: string): void; warn(fields: object, message: string): void };
}
