/** Which run of the generator an installation goes by. */
export interface RecordedRun {
  run: string;
  openshiftClusterId: string;
}

/** One installation of a cluster, by the time of its start. */
export interface Installation {
  clusterId: string;
  startedAt: Date;
}

export type InstallationPhase = 'none' | 'preparing' | 'prepared';

/**
 * The choice between attempts that may run at the same time: one that was given up can wake when the next has begun. The first to be recorded
 * counts, for all of them.
 */
export interface ArtefactRuns {
  find(installation: Installation): Promise<RecordedRun | undefined>;
  /** Records a run unless there is one; returns the one that counts, undefined when the installation is not being prepared any more. */
  record(installation: Installation, run: RecordedRun): Promise<RecordedRun | undefined>;
  /** Whether the cluster is being prepared for this very installation. */
  isPreparing(installation: Installation): Promise<boolean>;
  /** What a cluster is at: `none` when it has no installation, `preparing` while artefacts are made for one, `prepared` from then to its reset. */
  findPhase(clusterId: string): Promise<InstallationPhase>;
  /** Takes back a record whose files are gone. */
  forget(installation: Installation, run: string): Promise<void>;
}
