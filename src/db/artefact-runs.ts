import { and, eq, isNull, ne } from 'drizzle-orm';
import type { Database } from './client';
import { artefactRuns } from './schema/artefact-runs';
import { clusters } from './schema/clusters';

interface Installation {
  clusterId: string;
  startedAt: Date;
}

interface RecordedRun {
  run: string;
  openshiftClusterId: string;
}

/** From the end of the preparation to the reset. */
const preparedStatuses = new Set(['installing', 'installing-pending-user-action', 'finalizing', 'installed', 'error', 'cancelled']);

/** Keeps which run of the generator each installation goes by. */
export function createArtefactRuns(db: Database) {
  const isOf = ({ clusterId, startedAt }: Installation) => and(eq(artefactRuns.clusterId, clusterId), eq(artefactRuns.installationStartedAt, startedAt));
  const isBeingPrepared = ({ clusterId, startedAt }: Installation) =>
    and(eq(clusters.id, clusterId), eq(clusters.installStartedAt, startedAt), eq(clusters.status, 'preparing-for-installation'), isNull(clusters.deletedAt));
  const find = async (installation: Installation, connection: Pick<Database, 'select'> = db): Promise<RecordedRun | undefined> => {
    const columns = { run: artefactRuns.run, openshiftClusterId: artefactRuns.openshiftClusterId };
    const [found] = await connection.select(columns).from(artefactRuns).where(isOf(installation));
    return found;
  };
  return {
    find: (installation: Installation) => find(installation),
    /** The first run of an installation is the one that counts; undefined once the cluster is not preparing this installation any more. */
    record: (installation: Installation, run: RecordedRun): Promise<RecordedRun | undefined> =>
      db.transaction(async (tx) => {
        const { clusterId, startedAt } = installation;
        const [preparing] = await tx.select({ id: clusters.id }).from(clusters).where(isBeingPrepared(installation)).for('share');
        if (!preparing) return undefined;
        const values = { installationStartedAt: startedAt, ...run };
        await tx.insert(artefactRuns).values({ clusterId, ...values }).onConflictDoUpdate({
          target: artefactRuns.clusterId, set: values, setWhere: ne(artefactRuns.installationStartedAt, startedAt),
        });
        return find(installation, tx);
      }),
    isPreparing: async (installation: Installation): Promise<boolean> =>
      (await db.select({ id: clusters.id }).from(clusters).where(isBeingPrepared(installation))).length > 0,
    findPhase: async (clusterId: string): Promise<'none' | 'preparing' | 'prepared'> => {
      const [cluster] = await db.select({ status: clusters.status }).from(clusters).where(and(eq(clusters.id, clusterId), isNull(clusters.deletedAt)));
      if (cluster?.status === 'preparing-for-installation') return 'preparing';
      return cluster && preparedStatuses.has(cluster.status) ? 'prepared' : 'none';
    },
    forget: async (installation: Installation, run: string): Promise<void> => {
      await db.delete(artefactRuns).where(and(isOf(installation), eq(artefactRuns.run, run)));
    },
  };
}
