import type { WireCluster } from '../../../agent/protocol/wire-cluster';
import type { ClusterStatus } from '../../../domain/cluster/status';
import { createFleet, type Fleet } from '../../../sim/fleet';
import type { SimEvent } from '../../../sim/sim-event';
import { expectThat } from '../expect-that';
import type { StateWatch } from '../state-watch';
import type { TestRun } from '../test-run';

const early: readonly ClusterStatus[] = ['insufficient', 'pending-for-input', 'ready'];

function observe(run: TestRun): (event: SimEvent) => void {
  return (event) => {
    if (event.kind === 'asleep') run.abort(new Error(`server ${event.hostId} gave up: ${event.reason}`));
    if (event.kind === 'retry') run.say(`server ${event.hostId} tries again: ${event.reason}`);
    if (event.kind === 'install-failed') run.say(`server ${event.hostId}: the installer failed: ${event.reason}`);
  };
}

/** Servers that were switched on. */
export interface Servers {
  fleet: Fleet;
  /** How the installation ended for them and their controller. */
  ended: Promise<ClusterStatus>;
}

/** Switches the servers on; what fails in them ends the test. */
function switchOn(run: TestRun, id: string): Servers {
  const { options, target, signal } = run;
  const fleet = createFleet({ url: target.url, clusterId: id, token: target.agentToken, hostCount: options.hosts, observe: observe(run), ...(target.fetch ? { fetch: target.fetch } : {}) });
  const ended = fleet.run(signal);
  ended.catch((error: unknown) => {
    if (!signal.aborted) run.abort(error instanceof Error ? error : new Error(String(error)));
  });
  return { fleet, ended };
}

/** What the user has to say of the network once the servers are there. */
async function setNetwork({ api, checks, options }: TestRun, id: string, { network: { apiVip, ingressVip, cidr } }: Fleet): Promise<void> {
  if (options.network === 'static') {
    await checks.check('set the virtual addresses', async () => {
      const cluster = await api.update(id, { vip_dhcp_allocation: false, api_vip: apiVip, ingress_vip: ingressVip });
      expectThat(cluster.api_vip === apiVip && cluster.ingress_vip === ingressVip, `the answer has ${String(cluster.api_vip)} and ${String(cluster.ingress_vip)}`);
      expectThat(cluster.machine_network_cidr === cidr, `the machine network is ${String(cluster.machine_network_cidr)}, not ${cidr}`);
    });
  } else if (options.network === 'dhcp' || options.singleNode) {
    await checks.check('set the machine network', async () => {
      const { machine_network_cidr: set } = await api.update(id, { machine_network_cidr: cidr });
      expectThat(set === cidr, `the machine network is ${String(set)}, not ${cidr}`);
    });
  }
}

/** Plays the servers until the cluster is ready for its installation. */
export async function discoverPhase(run: TestRun, { id }: WireCluster, watch: StateWatch): Promise<Servers> {
  const { checks, options } = run;
  checks.startGroup('discover');
  const servers = switchOn(run, id);
  const { fleet } = servers;
  await checks.check(`${options.hosts} servers register and send their inventories`, async () => {
    const { hosts } = await watch.waitFor((cluster) => (cluster.hosts ?? []).filter((host) => host.inventory).length === options.hosts);
    const ids = new Set((hosts ?? []).map((host) => host.id));
    for (const { facts } of fleet.machines) expectThat(ids.has(facts.hostId), `server ${facts.hostId} is missing`);
  });
  await setNetwork(run, id, fleet);
  await checks.check('every server becomes known', () => watch.waitFor((cluster) => (cluster.hosts ?? []).every((host) => host.status === 'known')).then(() => undefined));
  await checks.check(
    'the cluster becomes ready',
    async () => {
      await watch.waitFor((cluster) => cluster.status === 'ready');
      const strange = watch.statuses.filter((status) => !early.includes(status));
      expectThat(strange.length === 0, `it went through ${strange.join(', ')}`);
    },
    () => watch.statuses.join(' > '),
  );
  if (options.network !== 'dhcp') return servers;
  await checks.check('the leased virtual addresses are those of the cluster', async () => {
    const { apiVip, ingressVip } = fleet.network;
    const cluster = await run.api.get(id);
    expectThat(cluster.api_vip === apiVip && cluster.ingress_vip === ingressVip, `they are ${String(cluster.api_vip)} and ${String(cluster.ingress_vip)}`);
  });
  return servers;
}
