import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { forgetFailedRegistrations } from '../../src/db/forget-failed-registrations';
import { appendEvents } from '../../src/db/events';
import { events } from '../../src/db/schema/events';
import { insertCluster } from '../../src/db/insert-cluster';
import { createClusterSnapshot } from '../../src/domain/cluster/create';
import { draftRegistrationFailure } from '../../src/domain/cluster/registration-failure';
import { forgetDeletedClusters } from '../../src/main/forget-metrics';
import { createMetrics } from '../../src/observability/metrics';
import { domainSettings } from '../support/domain-settings';
import { registerIntent } from '../support/register-intent';
import { openTestDatabase } from '../support/test-database';

let database: Awaited<ReturnType<typeof openTestDatabase>>;
const [living, gone] = [randomUUID(), randomUUID()];
beforeAll(async () => {
  database = await openTestDatabase();
  await insertCluster(database.db, createClusterSnapshot(registerIntent(), { clusterId: living }, false, new Date(), domainSettings()).snapshot, null, new Date());
});
afterAll(() => database.close());

it('what is counted of clusters that another process deleted is dropped', async () => {
  const metrics = createMetrics();
  metrics.record([living, gone].map((cid) => ({ metric: 'cluster_creations', labels: { ver: '4.8.14', cid, ed: 'example.com' }, value: 1 }) as const));
  await forgetDeletedClusters({ metrics, database });
  expect(metrics.clusters()).toEqual([living]);
  expect((await metrics.render()).body).not.toContain(gone);
});

it('what is told of registrations that came to nothing goes in time, and only that', async () => {
  const at = new Date('2026-01-01');
  const tell = (clusterId: string, when: Date) => draftRegistrationFailure({ operation: 'register', name: 'x' }, clusterId, 'no', when);
  const recent = randomUUID();
  await appendEvents(database.db, [tell(living, at), tell(gone, at), tell(recent, new Date('2026-01-03'))]);
  await forgetFailedRegistrations(database.db, new Date('2026-01-02'));
  expect((await database.db.select().from(events)).map((event) => event.clusterId).sort()).toEqual([living, recent].sort());
});
