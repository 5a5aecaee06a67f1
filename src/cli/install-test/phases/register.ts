import type { WireCluster } from '../../../agent/protocol/wire-cluster';
import { expectThat } from '../expect-that';
import type { InstallTestOptions } from '../options';
import { createSshPublicKey } from '../ssh-key';
import { subscriptionLagMs, type TestRun } from '../test-run';

export const baseDomain = 'example.com';

/** What a registration says of the kind of cluster; the defaults of the service are left to it. */
export function shapeOf({ singleNode, network, operators }: Pick<InstallTestOptions, 'singleNode' | 'network' | 'operators'>): Record<string, unknown> {
  const networking = { static: { vip_dhcp_allocation: false }, dhcp: {}, 'user-managed': { user_managed_networking: true, vip_dhcp_allocation: false } }[network];
  const olm = operators.length === 0 ? {} : { olm_operators: operators.map((name) => ({ name })) };
  return { ...(singleNode ? { high_availability_mode: 'None' } : networking), ...olm };
}

/** Registers the cluster of the test under the given name and looks at everything the answer and the subscription must say. */
export async function registerPhase(run: TestRun, name: string): Promise<WireCluster> {
  const { api, checks, options, target, subscriptions } = run;
  checks.startGroup('register');
  const cluster = await checks.check(
    'register a cluster',
    () =>
      api.register({
        name,
        openshift_version: options.version,
        pull_secret: target.pullSecret,
        base_dns_domain: baseDomain,
        ...shapeOf(options),
        ssh_public_key: createSshPublicKey('install-test'),
      }),
    (answer) => `${name} (${answer.id})`,
  );
  await checks.verify('its answer', async () => {
    expectThat(cluster.name === name, `the name is ${String(cluster.name)}`);
    expectThat(['insufficient', 'pending-for-input'].includes(cluster.status), `the status is ${cluster.status}`);
    expectThat(cluster.openshift_version?.startsWith(options.version) === true, `the version is ${String(cluster.openshift_version)}`);
    expectThat(!JSON.stringify(cluster).includes(target.agentToken), 'the answer shows the pull secret');
  });
  await checks.verify('it can be read and is listed', async () => {
    expectThat((await api.get(cluster.id)).name === name, 'GET answers another cluster');
    expectThat((await api.list()).some(({ id }) => id === cluster.id), 'it is not in the list');
  });
  if (subscriptions) await checks.verify('its subscription is Reserved', () => subscriptions.waitFor(cluster.id, { status: 'Reserved', display_name: name }, subscriptionLagMs), ({ id }) => id);
  else checks.skip('its subscription is Reserved', 'no account management service is known');
  await checks.verify('its SSH key can be changed', async () => {
    const key = createSshPublicKey('install-test-2');
    const { ssh_public_key: stored } = (await api.update(cluster.id, { ssh_public_key: key })) as { ssh_public_key?: string };
    expectThat(stored === key, 'the answer does not show the new key');
  });
  return cluster;
}
