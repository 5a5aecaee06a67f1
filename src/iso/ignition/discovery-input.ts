import type { LiveFile } from '../static-network/static-network-files';

/** What a live system must know to find this service and join its cluster. Holds secrets: never logged as it is. */
export interface DiscoveryInput {
  clusterId: string;
  /** Without a path, as agents get it. */
  serviceBaseUrl: string;
  agentImage: string;
  skipCertVerification: boolean;
  /** Sent by the agent as X-Secret-Key; empty without authentication. */
  agentToken: string;
  /** JSON as the user gave it. */
  pullSecret: string;
  /** One key a line, empty for none. */
  sshPublicKey: string;
  httpProxy: string;
  httpsProxy: string;
  noProxy: string;
  agentStartTimeoutSeconds: number;
  /** PEM of the authority the service's certificate is signed by, when it is not a public one. */
  serviceCaCertificate?: string;
  /** Addresses under which the service is reached by a fixed name when there is no DNS for it. */
  serviceIps?: readonly string[];
  /** PEM of the vendor's root authority, where live systems are to trust it. */
  rhRootCaCertificate?: string;
  /** registries.conf and PEM for installations without access to the public registries. */
  mirrorRegistriesConfig?: string;
  mirrorCaCertificate?: string;
  /** The networks of hosts, for a live system that sets up its own; none without a static network. */
  staticNetwork: readonly LiveFile[];
  /** JSON of the user's own configuration, laid over all else; empty for none. */
  ignitionConfigOverrides: string;
}
