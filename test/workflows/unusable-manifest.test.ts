import { eq } from 'drizzle-orm';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createArtefactRuns } from '../../src/db/artefact-runs';
import { events } from '../../src/db/schema/events';
import { createArtefactMaker } from '../../src/installer/artefact-maker';
import { createBuiltinGenerator } from '../../src/installer/builtin-generator';
import type { Store } from '../../src/store/store';
import { createTestStore } from '../store/create-test-store';
import { ActivityFaults } from '../support/activity-faults';
import { ClusterLife } from '../support/cluster-life';
import { domainSettings } from '../support/domain-settings';
import { createObjectMakers } from '../support/object-makers';
import { startWorkflowService, type WorkflowService } from '../support/workflow-service';

let service: WorkflowService;
let store: Store;
const faults = new ActivityFaults();

beforeAll(async () => {
  ({ store } = await createTestStore());
  service = await startWorkflowService(({ db }) => ({
    ...createObjectMakers(store),
    artefacts: createArtefactMaker({ store, runs: createArtefactRuns(db), generator: createBuiltinGenerator(), site: {}, settings: domainSettings(), newId: randomUUID }),
  }), { faults });
});
afterAll(async () => {
  await service.close();
  store.close();
});

describe('a manifest that cannot be used', () => {
  it('fails the preparation at once with the reason; when it is gone, the next installation succeeds', async () => {
    const life = await (await new ClusterLife(service).register()).discover();
    const manifest = { bucket: 'private', key: `${life.clusterId}/manifests/openshift/broken.yaml` } as const;
    await store.putObject(manifest, 'kind: [');
    await life.do({ operation: 'install' });
    await life.reaches('ready');
    const failures = await service.database.db.select().from(events).where(eq(events.clusterId, life.clusterId));
    expect(failures.filter(({ name }) => name === 'prepare_failed')).toMatchObject([{ message: expect.stringContaining('the manifest openshift/broken.yaml is not valid YAML; replace or delete it') }]);
    expect(faults.count('prepareArtefacts', life.clusterId)).toBe(1);
    await expect.poll(async () => (await life.snapshot()).hosts.map((host) => host.status)).toEqual(['known', 'known', 'known']);

    await store.deleteObject(manifest);
    await life.install();
    const { openshiftClusterId } = (await life.snapshot()).cluster;
    expect(JSON.parse((await store.readObject({ bucket: 'private', key: `${life.clusterId}/metadata.json` })).toString())).toMatchObject({ clusterID: openshiftClusterId });
    expect(faults.count('prepareArtefacts', life.clusterId)).toBe(2);
  });
});
