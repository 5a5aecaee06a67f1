import type { ClusterSnapshot } from '../domain/cluster/model';

/** What the artefacts of an installation are made from; holds secrets. */
export interface ArtefactInput {
  snapshot: ClusterSnapshot;
  /** JSON as the user gave it. */
  pullSecret: string;
  now: Date;
  /** Names this attempt: no other has the same, not even one for the same installation. */
  run: string;
  /** UUID to name the new cluster by; a generator that chooses itself returns another one. */
  openshiftClusterId: string;
  /** The user's own manifests and those made for this installation, absent for none. */
  manifests?: readonly Manifest[];
}

/** A manifest that a cluster is installed with beside its own. */
export interface Manifest {
  /** `manifests/<file>` or `openshift/<file>`. */
  path: string;
  content: string;
}

/** What a site adds to every installation. */
export interface ArtefactSite {
  /** Registries to pull from instead of the public ones. */
  imageContentSources?: { source: string; mirrors: string[] }[];
  /** PEM of authorities to trust besides the public ones. */
  additionalTrustBundle?: string;
  /** PEM of the authority of the service's certificate, when it is not a public one. */
  serviceCaCertificate?: string;
  /** Addresses of the service where there is no DNS for it. */
  serviceIps?: readonly string[];
  /** Where the clusters of this environment send their telemetry, when it is not the default. */
  telemeterUrl?: string;
  /** A single node answers the names of its cluster itself, with dnsmasq. */
  singleNodeDnsmasq?: boolean;
}

export interface Artefacts {
  /** File name below the cluster's prefix → content. */
  files: Record<string, string | Buffer>;
  openshiftClusterId: string;
}

export interface GenerateOptions {
  signal?: AbortSignal;
  /** Called with each step of a long generation. */
  onProgress?: (step: string) => void;
}

/** Makes the files of an installation. Not deterministic: the caller stores one result and keeps to it. Throws ArtefactError. */
export interface ArtefactGenerator {
  /** How it works, for operators: `builtin` or the vendor's program. */
  readonly description: string;
  generate(input: ArtefactInput, options?: GenerateOptions): Promise<Artefacts>;
}
