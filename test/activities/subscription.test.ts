import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SubscriptionAttempt, SubscriptionPush } from '../../activities/contract';
import type { ActivityDeps } from '../../activities/deps';
import { pushSubscription } from '../../activities/push-subscription';
import { reserveSubscription } from '../../activities/reserve-subscription';
import { createTestAmsClient } from '../support/test-ams-client';
import type { DatabaseConnection } from '../../src/db/client';
import { insertIntent } from '../../src/db/intents';
import type { WantedSubscription } from '../../src/domain/subscription/model';
import { accountsPath, reserve, serviceAccount, startTestStandin, type TestStandin } from '../ams-standin/test-standin';
import { databaseDeps } from '../support/activity-deps';
import { registerIntent } from '../support/register-intent';
import { openTestDatabase } from '../support/test-database';

let database: DatabaseConnection;
let ams: TestStandin;
let deps: ActivityDeps;

beforeAll(async () => {
  [database, ams] = await Promise.all([openTestDatabase(), startTestStandin()]);
  deps = databaseDeps(database, { subscriptions: createTestAmsClient(ams, 60_000) });
});
beforeEach(() => fetch(`${ams.url}/faults`, { method: 'DELETE' }));
afterAll(() => Promise.all([database.close(), ams.close()]));

const wanted = (changes: Partial<WantedSubscription> = {}): WantedSubscription => ({
  released: false,
  displayName: 'pilot',
  externalClusterId: '',
  consoleUrl: '',
  status: 'Reserved',
  ...changes,
});
const push = (clusterId: string, changes: Partial<SubscriptionPush> = {}): SubscriptionPush => ({ clusterId, userName: 'ann', wanted: wanted(), applied: null, ...changes });

interface Listed {
  id: string;
  status: string;
  display_name: string;
  external_cluster_id: string;
  console_url: string;
}

async function subscriptionsOf(clusterId: string): Promise<Listed[]> {
  const search = encodeURIComponent(`cluster_id = '${clusterId}'`);
  const response = await ams.call(await ams.serviceToken(), 'GET', `${accountsPath}/subscriptions?search=${search}`);
  return ((await response.json()) as { items: Listed[] }).items;
}

function appliedOf(attempt: SubscriptionAttempt): NonNullable<SubscriptionPush['applied']> {
  if (attempt.kind !== 'applied' || !attempt.applied) throw new Error(`not applied: ${JSON.stringify(attempt)}`);
  return attempt.applied;
}

describe('pushSubscription', () => {
  it('reserves one subscription, however often it runs', async () => {
    const clusterId = randomUUID();
    const first = await pushSubscription(deps, push(clusterId));
    expect(await pushSubscription(deps, push(clusterId))).toEqual(first);
    expect(await subscriptionsOf(clusterId)).toMatchObject([{ id: appliedOf(first).id, status: 'Reserved', display_name: 'pilot' }]);
  });

  it('reserves one for two pushes at once', async () => {
    const clusterId = randomUUID();
    const attempts = await Promise.all([1, 2, 3].map(() => pushSubscription(deps, push(clusterId))));
    expect(new Set(attempts.map((attempt) => appliedOf(attempt).id)).size).toBe(1);
    expect(await subscriptionsOf(clusterId)).toHaveLength(1);
  });

  it('finds the one whose creation was done but never answered', async () => {
    const clusterId = randomUUID();
    await ams.arm({ match: { method: 'POST', path: 'cluster_authorizations' }, drop_after: true });
    expect(await pushSubscription(deps, push(clusterId))).toMatchObject({ kind: 'unavailable' });
    const [left] = await subscriptionsOf(clusterId);
    expect(appliedOf(await pushSubscription(deps, push(clusterId))).id).toBe(left?.id);
    expect(await subscriptionsOf(clusterId)).toHaveLength(1);
  });

  it('takes a refusal that comes after the creation for no refusal of it', async () => {
    const clusterId = randomUUID();
    await ams.arm({ match: { method: 'GET', path: 'subscriptions' }, delay_ms: 1 });
    await ams.arm({ match: { method: 'GET', path: 'subscriptions' }, status: 403 });
    expect(await pushSubscription(deps, push(clusterId))).toMatchObject({ kind: 'unavailable', reason: expect.stringContaining('403') });
    expect(await subscriptionsOf(clusterId)).toHaveLength(1);
  });

  it('removes surplus Reserved ones and keeps the Active one', async () => {
    const clusterId = randomUUID();
    const token = await ams.serviceToken();
    const order = { account_username: 'ann', cluster_id: clusterId, display_name: 'pilot' };
    const [, second] = [await reserve(ams, token, order), await reserve(ams, token, order), await reserve(ams, token, order)];
    await ams.call(token, 'PATCH', `${accountsPath}/subscriptions/${second.id}`, { status: 'Active' });
    expect(appliedOf(await pushSubscription(deps, push(clusterId)))).toMatchObject({ id: second.id, status: 'Active' });
    expect(await subscriptionsOf(clusterId)).toMatchObject([{ id: second.id, status: 'Active' }]);
  });

  it('changes only what differs, twice with the same end', async () => {
    const clusterId = randomUUID();
    const applied = appliedOf(await pushSubscription(deps, push(clusterId)));
    const active = wanted({ displayName: 'renamed', externalClusterId: randomUUID(), consoleUrl: 'https://console.example.com', status: 'Active' });
    const first = await pushSubscription(deps, push(clusterId, { wanted: active, applied }));
    expect(await pushSubscription(deps, push(clusterId, { wanted: active, applied }))).toEqual(first);
    expect(await subscriptionsOf(clusterId)).toMatchObject([
      { id: applied.id, status: 'Active', display_name: 'renamed', external_cluster_id: active.externalClusterId, console_url: active.consoleUrl },
    ]);
  });

  it('tells of the one that Telemeter made because the cluster reported before AMS knew its OpenShift id', async () => {
    const [clusterId, externalClusterId] = [randomUUID(), randomUUID()];
    const first = appliedOf(await pushSubscription(deps, push(clusterId)));
    const notification = { authorization_token: 'planted-pull-secret', external_cluster_id: externalClusterId };
    const response = await fetch(`${ams.url}/telemetry/notifications`, { method: 'POST', body: JSON.stringify(notification) });
    const made = (await response.json()) as { id: string };
    const request = push(clusterId, { wanted: wanted({ externalClusterId }), applied: first });
    for (const attempt of [await pushSubscription(deps, request), await pushSubscription(deps, request)]) {
      expect(attempt).toMatchObject({ kind: 'applied', applied: { id: first.id, externalClusterId }, unsubscribed: [made.id] });
    }
    expect(await subscriptionsOf(clusterId)).toMatchObject([{ id: first.id, external_cluster_id: externalClusterId }]);
    const another = await pushSubscription(deps, push(clusterId, { wanted: wanted({ externalClusterId: randomUUID() }), applied: appliedOf(await pushSubscription(deps, request)) }));
    expect(another).toMatchObject({ unsubscribed: [] });
  });

  it('leaves a running cluster\'s subscription as AMS sees it', async () => {
    const clusterId = randomUUID();
    const { id } = appliedOf(await pushSubscription(deps, push(clusterId)));
    await ams.call(await ams.serviceToken(), 'PATCH', `${accountsPath}/subscriptions/${id}`, { status: 'Stale' });
    expect(appliedOf(await pushSubscription(deps, push(clusterId, { wanted: wanted({ status: 'Active' }) })))).toMatchObject({ id, status: 'Active' });
    expect(await subscriptionsOf(clusterId)).toMatchObject([{ status: 'Stale' }]);
  });

  it('makes another one where somebody took it away', async () => {
    const clusterId = randomUUID();
    const applied = appliedOf(await pushSubscription(deps, push(clusterId)));
    await ams.call(await ams.serviceToken(), 'DELETE', `${accountsPath}/subscriptions/${applied.id}`);
    const again = appliedOf(await pushSubscription(deps, push(clusterId, { applied, wanted: wanted({ status: 'Active' }) })));
    expect(again.id).not.toBe(applied.id);
    expect(await subscriptionsOf(clusterId)).toMatchObject([{ id: again.id, status: 'Active' }]);
  });

  it('deletes a Reserved one at the release, twice with the same end, and leaves an Active one', async () => {
    const [reserved, active] = [randomUUID(), randomUUID()];
    const held = appliedOf(await pushSubscription(deps, push(reserved)));
    const kept = appliedOf(await pushSubscription(deps, push(active, { wanted: wanted({ status: 'Active' }) })));
    const release = wanted({ released: true });
    for (let run = 0; run < 2; run += 1) {
      expect(await pushSubscription(deps, push(reserved, { wanted: release, applied: held }))).toMatchObject({ kind: 'applied', applied: { released: true } });
      expect(await pushSubscription(deps, push(active, { wanted: release, applied: kept }))).toMatchObject({ kind: 'applied', applied: { released: true } });
    }
    expect(await subscriptionsOf(reserved)).toEqual([]);
    expect(await subscriptionsOf(active)).toMatchObject([{ status: 'Active' }]);
  });

  it.each([
    { name: 'a 4xx', fault: { status: 403 }, outcome: { kind: 'refused', status: 403 } },
    { name: 'too many requests', fault: { status: 429 }, outcome: { kind: 'unavailable' } },
    { name: 'a 5xx', fault: { status: 502 }, outcome: { kind: 'unavailable' } },
  ])('tells $name by its outcome and leaves no lock behind', async ({ fault, outcome }) => {
    const clusterId = randomUUID();
    await ams.arm({ match: { path: 'accounts_mgmt' }, ...fault });
    const attempt = await pushSubscription(deps, push(clusterId));
    expect(attempt).toMatchObject(outcome);
    expect(JSON.stringify(attempt)).not.toContain(serviceAccount.client_secret);
    expect(await pushSubscription(deps, push(clusterId))).toMatchObject({ kind: 'applied' });
    expect(await subscriptionsOf(clusterId)).toHaveLength(1);
  });

  it('tells no answer in time by its outcome and leaves no lock behind', async () => {
    const clusterId = randomUUID();
    await ams.arm({ match: { path: 'accounts_mgmt' }, delay_ms: 120_000 });
    const impatient = databaseDeps(database, { subscriptions: createTestAmsClient(ams, 500) });
    expect(await pushSubscription(impatient, push(clusterId))).toMatchObject({ kind: 'unavailable' });
    expect(await pushSubscription(deps, push(clusterId))).toMatchObject({ kind: 'applied' });
    expect(await subscriptionsOf(clusterId)).toHaveLength(1);
  });

  it('makes the one of an installed cluster Active at its release, if AMS had not learned of it before, twice with the same end', async () => {
    const [clusterId, externalClusterId] = [randomUUID(), randomUUID()];
    const applied = appliedOf(await pushSubscription(deps, push(clusterId)));
    const request = push(clusterId, { wanted: wanted({ released: true, externalClusterId, status: 'Active' }), applied });
    for (let times = 0; times < 2; times += 1) {
      expect(appliedOf(await pushSubscription(deps, request))).toMatchObject({ id: applied.id, released: true, status: 'Active' });
      expect(await subscriptionsOf(clusterId)).toMatchObject([{ id: applied.id, status: 'Active', external_cluster_id: externalClusterId }]);
    }
  });

  it('asks nobody when subscriptions are switched off', async () => {
    expect(await pushSubscription({ ...deps, subscriptions: null }, push(randomUUID()))).toEqual({ kind: 'applied', applied: null });
  });
});

describe('reserveSubscription', () => {
  it('reserves in the name of the stored registration, once', async () => {
    const [clusterId, id] = [randomUUID(), randomUUID()];
    await insertIntent(database.db, { id, clusterId, requestId: id, userName: 'ann', body: registerIntent({ name: 'stored', userName: 'ann' }), at: new Date() });
    const first = await reserveSubscription(deps, { clusterId, intentId: id });
    expect(await reserveSubscription(deps, { clusterId, intentId: id })).toEqual(first);
    expect(await subscriptionsOf(clusterId)).toMatchObject([{ status: 'Reserved', display_name: 'stored' }]);
  });
});
