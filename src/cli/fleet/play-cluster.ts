import type { UserApi } from '../install-test/user-api';
import { createFleet } from '../../sim/fleet';
import { createFlakyFetch } from '../../sim/network/flaky-fetch';
import { paces } from '../../sim/pace';
import { removeCluster } from '../install-test/remove-cluster';
import { createSubscriptions } from '../install-test/subscriptions';
import type { Target } from '../install-test/target';
import { awaitEnd, waitForCluster, type Play } from './await-end';
import { expectActive, expectAfterRemoval } from './check-subscription';
import type { ClusterWatch } from './cluster-watch';
import type { FleetOptions } from './options';
import type { ProfileChoice } from './profile-choice';
import type { ClusterResult, Tally } from './tally';

const removalMs = 120_000;

/** What all clusters of a run share. */
export interface FleetRun {
  options: FleetOptions;
  target: Target;
  tally: Tally;
  watch: ClusterWatch;
  /** A user's client whose calls end with a signal. */
  userApi(signal: AbortSignal): UserApi;
  /** Aborted when the run is interrupted. */
  signal: AbortSignal;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A signal that aborts after a time, with another one, or when it is told to. */
function limit(milliseconds: number, outer: AbortSignal): { signal: AbortSignal; end(reason: unknown): void } {
  const off = new AbortController();
  const end = (reason: unknown): void => {
    clearTimeout(timer);
    off.abort(reason);
  };
  // A signal of AbortSignal.timeout that only another one refers to is collected by Node 20 before its time is over.
  const timer = setTimeout(() => off.abort(new Error('its time is over')), milliseconds);
  return { signal: AbortSignal.any([outer, off.signal]), end };
}

/** Registers a cluster, plays its machines until it has ended as its profile says or its time is over, and removes it. Never rejects. */
export async function playCluster(run: FleetRun, name: string, choice: ProfileChoice): Promise<void> {
  const { options, target, tally } = run;
  const { profile, label } = choice;
  const { signal, end } = limit(options.timeoutMs, run.signal);
  const api = run.userApi(signal);
  const subscriptions = target.amsUrl === undefined ? undefined : createSubscriptions(target.amsUrl, target.token, signal);
  const started = performance.now();
  const result: ClusterResult = { name, profile: label, status: 'not registered', seconds: 0 };
  let id: string | undefined;
  let machines: Promise<unknown> = Promise.resolve();
  try {
    const kind = profile.hostCount === 1 ? { high_availability_mode: 'None' } : { vip_dhcp_allocation: false };
    const registered = await api.register({ name, openshift_version: options.version, base_dns_domain: 'example.com', pull_secret: target.pullSecret, ...kind });
    const clusterId = registered.id;
    id = clusterId;
    const see = (status: string): void => {
      result.status = status;
      tally.see(clusterId, status);
    };
    see(registered.status);
    const fleet = createFleet({
      url: target.url, clusterId, token: target.agentToken, hostCount: profile.hostCount ?? options.hosts, profile: profile.machine, pace: profile.pace ?? paces.steady,
      fetch: profile.network ? createFlakyFetch(profile.network, tally.count(fetch)) : tally.count(fetch),
      bootsImageAgain: profile.bootsImageAgain === true,
      ...(choice.silentFrom && { silentFrom: choice.silentFrom }),
    });
    machines = fleet.run(signal);
    machines.catch(end);
    const play: Play = { api, id: clusterId, watch: run.watch, fleet, see, signal };
    await waitForCluster(play, ({ hosts }) => (result.hosts = (hosts ?? []).filter((host) => host.inventory).length) === fleet.machines.length);
    await api.update(clusterId, profile.hostCount === 1 ? { machine_network_cidr: fleet.network.cidr } : { api_vip: fleet.network.apiVip, ingress_vip: fleet.network.ingressVip });
    await awaitEnd(play, choice, options.untilTimedOut);
    result.seconds = (performance.now() - started) / 1000;
    if (subscriptions && result.status === 'installed') {
      await expectActive(subscriptions, await api.get(clusterId));
      result.subscription = 'Active';
    }
  } catch (error) {
    result.failure = `${name} is ${result.status}, not "${profile.end}": ${reasonOf(error)}`;
    result.seconds ||= (performance.now() - started) / 1000;
  }
  end(new Error('the cluster has ended'));
  await machines.catch(() => undefined);
  if (id !== undefined) await remove(run, id, result);
  if (!run.signal.aborted) tally.results.push(result);
}

/** Removes a cluster, and looks at what is left of its subscription. */
async function remove({ target, userApi, signal: interrupted }: FleetRun, id: string, result: ClusterResult): Promise<void> {
  const { signal, end } = limit(removalMs, new AbortController().signal);
  try {
    await removeCluster(userApi(signal), id, signal);
    if (target.amsUrl === undefined || interrupted.aborted) return;
    await expectAfterRemoval(createSubscriptions(target.amsUrl, target.token, signal), id, result.subscription === 'Active');
    result.subscription ??= 'released';
  } catch (error) {
    result.failure ??= `${result.name} was not removed as it must be: ${reasonOf(error)}`;
  } finally {
    end(new Error('the cluster is removed'));
  }
}
