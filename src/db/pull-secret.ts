import { eq, sql } from 'drizzle-orm';
import type { Executor } from './client';
import { clusters } from './schema/clusters';

/** Replaces the sealed pull secret of a cluster; null removes it. */
export async function savePullSecret(tx: Executor, clusterId: string, sealed: Buffer | null): Promise<void> {
  await tx.update(clusters).set({ pullSecret: sealed }).where(eq(clusters.id, clusterId));
}

/** The sealed pull secret of a cluster; undefined when none is set or there is no such cluster. */
export async function findPullSecret(db: Executor, clusterId: string): Promise<Buffer | undefined> {
  const [row] = await db.select({ pullSecret: clusters.pullSecret }).from(clusters).where(eq(clusters.id, clusterId));
  return row?.pullSecret ?? undefined;
}

/** SHA-256 of the sealed pull secret in hexadecimal, empty when none is set: another one whenever a pull secret is set. */
export const pullSecretHash = sql<string>`coalesce(encode(sha256(${clusters.pullSecret}), 'hex'), '')`;
