import { eq } from 'drizzle-orm';
import type { Executor } from '../client';
import { clusters } from '../schema/clusters';

/** Whose a cluster is, deleted or not. */
export async function findClusterOwner(db: Executor, clusterId: string): Promise<{ userName: string; orgId: string } | undefined> {
  const [row] = await db.select({ userName: clusters.userName, orgId: clusters.orgId }).from(clusters).where(eq(clusters.id, clusterId));
  return row;
}
