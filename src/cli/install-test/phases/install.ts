import type { WireCluster, WireHost } from '../../../agent/protocol/wire-cluster';
import type { ClusterStatus } from '../../../domain/cluster/status';
import { stagesOf } from '../../../domain/host/stages';
import { expectThat } from '../expect-that';
import type { StateWatch } from '../state-watch';
import type { TestRun } from '../test-run';
import type { Servers } from './discover';

const expected: readonly ClusterStatus[] = ['preparing-for-installation', 'installing', 'finalizing', 'installed'];

/** A single node is its own bootstrap host: it serves bootkube before it writes its disk, and waits for nobody. */
const singleNodeStages: readonly string[] = ['Starting installation', 'Installing', 'Waiting for bootkube', 'Writing image to disk', 'Rebooting', 'Configuring', 'Joined', 'Done'];

/** The stages a host has to go through. */
export function expectedStages(host: WireHost, singleNode: boolean): readonly string[] {
  if (singleNode) return singleNodeStages;
  return stagesOf({ role: host.role ?? 'auto-assign', bootstrap: host.bootstrap ?? false, kind: 'Host' });
}

function isInOrder(seen: readonly string[], order: readonly string[]): boolean {
  const places = seen.map((stage) => order.indexOf(stage));
  return places.every((place, at) => place >= 0 && (at === 0 || place > (places[at - 1] ?? -1)));
}

/** Installs the cluster and watches it through all its states to the last one. */
export async function installPhase(run: TestRun, { id }: WireCluster, watch: StateWatch, servers: Servers): Promise<WireCluster> {
  const { api, checks, options } = run;
  const mastersExpected = options.singleNode ? 1 : 3;
  checks.startGroup('install');
  const before = watch.statuses.length;
  await checks.check('start the installation', async () => {
    const answer = await api.install(id);
    expectThat(answer.status === 'preparing-for-installation', `the answer says ${answer.status}`);
    watch.note({ ...answer, hosts: [] });
  });
  await checks.check('the servers are being installed', () => watch.waitFor((cluster) => cluster.status !== 'preparing-for-installation').then(({ status }) => {
    expectThat(status !== 'ready' && status !== 'insufficient', `the cluster went back to ${status}`);
  }));
  const cluster = await checks.check('the cluster becomes installed', () => watch.waitFor(({ status }) => status === 'installed'));
  await checks.verify('servers and controller are done', async () => {
    const ended = await servers.ended;
    expectThat(ended === 'installed', `for them it ended as ${ended}`);
  });
  await checks.verify('its states came in order', async () => {
    const seen = watch.statuses.slice(before);
    expectThat(seen.join() === expected.join(), `seen ${seen.join(' > ')}`);
  }, () => expected.join(' > '));
  await checks.verify('the stages of every server came in order', async () => {
    for (const host of cluster.hosts ?? []) {
      const seen = watch.stages.get(host.id) ?? [];
      expectThat(isInOrder(seen, expectedStages(host, options.singleNode)), `${host.requested_hostname}: ${seen.join(' > ')}`);
      expectThat(seen.at(-1) === 'Done' && host.status === 'installed', `${host.requested_hostname} is ${host.status} at ${String(seen.at(-1))}`);
    }
  });
  await checks.verify(`masters: ${mastersExpected}, one of them bootstrap, the others workers`, async () => {
    const hosts = cluster.hosts ?? [];
    const masters = hosts.filter((host) => host.role === 'master');
    expectThat(masters.length === mastersExpected, `${masters.length} masters`);
    expectThat(masters.filter((host) => host.bootstrap).length === 1, 'not exactly one bootstrap host');
    expectThat(hosts.every((host) => host.role === 'master' || host.role === 'worker'), 'a host has no role');
  });
  return cluster;
}
