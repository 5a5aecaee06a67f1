import { X509Certificate } from 'node:crypto';
import { parse } from 'yaml';
import type { WireCluster } from '../../../agent/protocol/wire-cluster';
import { consoleUrlOf } from '../console-url';
import { expectThat } from '../expect-that';
import { subscriptionLagMs, type TestRun } from '../test-run';
import type { WireEvent } from '../user-api';
import { expectedStages } from './install';
import { baseDomain } from './register';

interface Kubeconfig {
  clusters?: { name?: string; cluster?: { server?: string; 'certificate-authority-data'?: string } }[];
  users?: unknown[];
  contexts?: unknown[];
}

const pemBlock = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
const fingerprint = (pem: string): string => new X509Certificate(pem).fingerprint256;

function checkKubeconfig(text: string, cluster: WireCluster, ingressCa: string): void {
  const config = parse(text) as Kubeconfig | null;
  const [entry] = config?.clusters ?? [];
  expectThat(entry?.cluster?.server?.includes(`api.${cluster.name}.${baseDomain}`) === true, `its server is ${String(entry?.cluster?.server)}`);
  expectThat((config?.users?.length ?? 0) > 0 && (config?.contexts?.length ?? 0) > 0, 'it has no user or no context');
  const authorities = Buffer.from(entry?.cluster?.['certificate-authority-data'] ?? '', 'base64').toString().match(pemBlock) ?? [];
  expectThat(authorities.length > 1, `it trusts ${authorities.length} authorities`);
  expectThat(authorities.map(fingerprint).includes(fingerprint(ingressCa)), 'it does not trust the ingress of the cluster');
}

function checkEvents(events: readonly WireEvent[], cluster: WireCluster, singleNode: boolean): void {
  const times = events.map((event) => Date.parse(event.event_time));
  expectThat(times.every((time, at) => at === 0 || time >= (times[at - 1] ?? 0)), 'they are not in order of time');
  const all = events.map((event) => event.message).join('\n');
  for (const status of ['ready', 'preparing-for-installation', 'installing', 'finalizing', 'installed']) expectThat(all.includes(status), `none tells of ${status}`);
  for (const host of cluster.hosts ?? []) {
    const own = events.filter((event) => event.host_id === host.id).map((event) => event.message).join('\n');
    for (const stage of expectedStages(host, singleNode)) expectThat(own.includes(stage), `none of host ${host.requested_hostname} tells of ${stage}`);
  }
  const bad = events.filter((event) => event.severity === 'error' || event.severity === 'critical');
  expectThat(bad.length === 0, `an error: ${String(bad[0]?.message)}`);
}

/** Looks at everything a user gets from an installed cluster. */
export async function resultsPhase(run: TestRun, cluster: WireCluster, ingressCa: string): Promise<void> {
  const { api, checks, options, subscriptions, target } = run;
  const { id } = cluster;
  checks.startGroup('results');
  await checks.verify('the kubeconfig is complete', async () => checkKubeconfig(await api.kubeconfig(id), cluster, ingressCa));
  await checks.verify('the credentials', async () => {
    const credentials = await api.credentials(id);
    expectThat(credentials.username === 'kubeadmin', `the user is ${String(credentials.username)}`);
    expectThat((credentials.password ?? '').length >= 8, 'there is no password');
    expectThat(credentials.console_url === consoleUrlOf(cluster), `the console is at ${String(credentials.console_url)}`);
  });
  await checks.verify(
    'the events tell the whole story and no secret',
    async () => {
      const events = await api.events(id);
      checkEvents(events, cluster, options.singleNode);
      expectThat(!JSON.stringify(events).includes(target.agentToken), 'an event shows the pull secret');
      return events;
    },
    (events) => `${events.length} events`,
  );
  await checks.verify('the OpenShift cluster has an id', async () => expectThat(/^[0-9a-f-]{36}$/.test(cluster.openshift_cluster_id ?? ''), `it is ${String(cluster.openshift_cluster_id)}`));
  await checks.verify(
    'its operators are available',
    async () => {
      const operators = cluster.monitored_operators ?? [];
      const names = operators.map((operator) => operator.name);
      for (const name of ['console', ...options.operators]) expectThat(names.includes(name), `${name} is not among ${names.join(', ')}`);
      for (const { name, status } of operators) expectThat(status === 'available', `${name} is ${String(status)}`);
      return names;
    },
    (names) => names.join(', '),
  );
  const name = 'the subscription is Active and knows console and cluster';
  if (!subscriptions) return checks.skip(name, 'no account management service is known');
  const wanted = { status: 'Active', console_url: consoleUrlOf(cluster), external_cluster_id: cluster.openshift_cluster_id ?? '' };
  await checks.verify(name, () => subscriptions.waitFor(id, wanted, subscriptionLagMs), (subscription) => subscription.id);
}
