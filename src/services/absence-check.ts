import { Unavailable } from './errors';

export interface AbsenceCheck {
  /** True while the database is known to lack clusters that are there. */
  isRecovering(): boolean;
  /**
   * Resolves when a cluster, or a host of it, is not there for certain, and not only missing in a database that was lost or is
   * older than the workflows; throws Unavailable otherwise.
   */
  confirm(subject: { clusterId: string; hostId?: string | undefined; byAgent: boolean }): Promise<void>;
}

export interface AbsenceDeps {
  isRecovering(): boolean;
  /** Whether the database is known to hold every live cluster. */
  isRecovered(): Promise<boolean>;
  /** Whether the database knows the host, or the cluster where none is named, be it a deregistered one. */
  hasRow(clusterId: string, hostId?: string): Promise<boolean>;
  /** Whether the cluster's workflow knows the cluster, or this host of it; rejects while nobody can tell. */
  knows(clusterId: string, question: { hostId?: string }): Promise<boolean>;
}

/**
 * An agent that is told that its host is not there sleeps for ever, so before that its cluster's workflow is asked. It is asked
 * for agents only: what users read never depends on Temporal, and they can ask again.
 */
export function createAbsenceCheck({ isRecovering, isRecovered, hasRow, knows }: AbsenceDeps): AbsenceCheck {
  const unknown = (): Unavailable => new Unavailable('The database was lost and its clusters are being restored; try again.', 10);
  return {
    isRecovering,
    async confirm({ clusterId, hostId, byAgent }) {
      if (!(await isRecovered())) throw unknown();
      // What is there and yet not found was deregistered, or is another's.
      if (!byAgent || (await hasRow(clusterId, hostId))) return;
      const known = await knows(clusterId, hostId === undefined ? {} : { hostId }).catch((error: unknown) => {
        throw new Unavailable('It cannot be told now whether the cluster is there; try again.', 30, { cause: error });
      });
      if (known) throw unknown();
    },
  };
}
