import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestAmsClient } from '../support/test-ams-client';
import type { Store } from '../../src/store/store';
import { accountsPath, startTestStandin, type TestStandin } from '../ams-standin/test-standin';
import { createTestStore } from '../store/create-test-store';
import { ClusterLife } from '../support/cluster-life';
import { createObjectMakers } from '../support/object-makers';
import { verifyHistories } from '../support/verify-histories';
import { startWorkflowService, type WorkflowService } from '../support/workflow-service';

/** A larger number is for a quiet hour: `FAULTY_CLUSTERS=50 npx vitest run test/workflows/subscription-faults.test.ts`. */
const clusterCount = Number(process.env['FAULTY_CLUSTERS'] ?? '8');
const seed = Number(process.env['FAULTY_SEED'] ?? '20261121');
const fates = ['waits', 'is deleted at once', 'is cancelled', 'is cancelled and deleted', 'is reset', 'is installed', 'is installed and deleted'] as const;
type Fate = (typeof fates)[number];

interface Played {
  life: ClusterLife;
  fate: Fate;
  name: string;
  /** OpenShift's id of the last installation. */
  externalClusterId: string;
}

interface Shown {
  cluster_id: string;
  status: string;
  display_name: string;
  external_cluster_id: string;
  console_url: string;
}

const plans = fc.record({ fate: fc.constantFrom(...fates), renamed: fc.boolean() });
// No other 4xx: after a real refusal a person has an hour to look.
const faults = fc.record({
  match: fc.record({ method: fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE') }),
  effect: fc.oneof(
    fc.record({ status: fc.constantFrom(429, 500, 502, 503, 504) }),
    fc.constant({ drop_after: true }),
    fc.record({ delay_ms: fc.integer({ min: 50, max: 1_500 }) }),
  ),
  times: fc.integer({ min: 1, max: 3 }),
}).map(({ match, effect, times }) => ({ match: { ...match, path: 'accounts_mgmt' }, ...effect, times }));

let service: WorkflowService;
let store: Store;
let ams: TestStandin;

beforeAll(async () => {
  ({ store } = await createTestStore());
  ams = await startTestStandin();
  const subscriptions = createTestAmsClient(ams, 1_000);
  service = await startWorkflowService(() => ({ ...createObjectMakers(store), subscriptions }));
});
afterAll(async () => {
  await service.close();
  await ams.close();
  store.close();
});

async function play({ fate, renamed }: { fate: Fate; renamed: boolean }, index: number): Promise<Played> {
  const life = await new ClusterLife(service).register({ name: `cluster-${index}` });
  const played = { life, fate, name: `cluster-${index}`, externalClusterId: '' };
  if (fate === 'is deleted at once') {
    await life.insist({ operation: 'deregister' });
    return played;
  }
  if (renamed) {
    played.name = `renamed-${index}`;
    await life.insist({ operation: 'updateCluster', name: played.name });
  }
  if (fate === 'waits') return played;
  await life.discover();
  await life.install();
  played.externalClusterId = (await life.snapshot()).cluster.openshiftClusterId;
  if (fate.startsWith('is installed')) {
    await life.runStages();
    await life.finalize(store);
  } else if (fate === 'is reset') {
    await life.insist({ operation: 'reset' });
  } else {
    await life.insist({ operation: 'cancel' });
  }
  if (fate.endsWith('deleted')) await life.insist({ operation: 'deregister' });
  return played;
}

/** Arms one fault after the other, each as soon as the one before has hit all its requests, until the clusters are through. */
async function breakAms(isOver: () => boolean): Promise<number> {
  let armed = 0;
  for (const fault of fc.sample(faults, { seed, numRuns: clusterCount * 4 })) {
    if (isOver()) break;
    await ams.arm(fault);
    armed += 1;
    const pending = async () => {
      const listed = (await (await fetch(`${ams.url}/faults`)).json()) as { hits: number; times: number }[];
      return !isOver() && listed.some(({ hits, times }) => hits < times);
    };
    await expect.poll(pending, { timeout: 120_000, interval: 50 }).toBe(false);
  }
  await fetch(`${ams.url}/faults`, { method: 'DELETE' });
  return armed;
}

async function listAll(): Promise<Shown[]> {
  const response = await ams.call(await ams.serviceToken(), 'GET', `${accountsPath}/subscriptions?size=1000`);
  return ((await response.json()) as { items: Shown[] }).items;
}

/** What AMS has to hold of a cluster at the end. */
function expected({ life, fate, name, externalClusterId }: Played): Shown[] {
  if (fate === 'is deleted at once' || fate === 'is cancelled and deleted') return [];
  const installed = fate.startsWith('is installed');
  return [{
    cluster_id: life.clusterId,
    status: installed ? 'Active' : 'Reserved',
    display_name: name,
    external_cluster_id: externalClusterId,
    console_url: installed ? `https://console-openshift-console.apps.${name}.example.com` : '',
  }];
}

/** A reset forgets the installation: AMS was told of its id before that, or never is. */
function toldOf(externalClusterId: string, clusterId: string, played: readonly Played[]): string {
  const reset = played.find(({ life, fate }) => life.clusterId === clusterId && fate === 'is reset');
  return reset && externalClusterId === '' ? reset.externalClusterId : externalClusterId;
}

const byCluster = (a: Shown, b: Shown): number => a.cluster_id.localeCompare(b.cluster_id);

describe('subscriptions of clusters whose AMS fails at random', () => {
  it(`${clusterCount} clusters: exactly one for each that lives or is installed, as it should be; none of a deleted Reserved one`, async () => {
    let isOver = false;
    const playing = Promise.all(fc.sample(plans, { seed, numRuns: clusterCount }).map(play)).finally(() => {
      isOver = true;
    });
    const [played, armed] = await Promise.all([playing, breakAms(() => isOver)]);
    expect(armed).toBeGreaterThan(3);
    for (const { life } of played) {
      await expect.poll(async () => {
        const { subscription } = await life.explain();
        return subscription.retryAt === null && subscription.lookAgainAt === null && subscription.failures === 0 && subscription.wanted === subscription.applied;
      }, { timeout: 240_000, interval: 100 }).toBe(true);
    }
    const shown = (await listAll()).map(({ cluster_id, status, display_name, external_cluster_id, console_url }) =>
      ({ cluster_id, status, display_name, external_cluster_id: toldOf(external_cluster_id, cluster_id, played), console_url }));
    expect(shown.sort(byCluster)).toEqual(played.flatMap(expected).sort(byCluster));
    await verifyHistories(service);
  }, 600_000);
});
