import type { ClusterSnapshot } from '../domain/cluster/model';

/** What the artefacts of an installation are made from; holds secrets. */
export interface ArtefactInput {
  snapshot: ClusterSnapshot;
  /** JSON as the user gave it. */
  pullSecret: string;
  now: Date;
  /** UUID to name the new cluster by; a generator that chooses itself returns another one. */
  openshiftClusterId: string;
  /** The user's own manifests, absent for none. */
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
}

export interface Artefacts {
  /** File name below the cluster's prefix → content. */
  files: Record<string, string | Buffer>;
  openshiftClusterId: string;
}

/** Makes the files of an installation. Not deterministic: the caller stores one result and keeps to it. Throws ArtefactError. */
export interface ArtefactGenerator {
  generate(input: ArtefactInput, options?: { signal?: AbortSignal }): Promise<Artefacts>;
}
