import { pause } from '../../agent/protocol/pause';
import type { WireCluster } from '../../agent/protocol/wire-cluster';
import type { HostStage } from '../../domain/host/stage';
import { createFleet } from '../../sim/fleet';
import { fleetProfiles, type FleetEnd, type FleetProfile, type FleetProfileName } from '../../sim/fleet-profiles';
import { createFlakyFetch } from '../../sim/network/flaky-fetch';
import { paces } from '../../sim/pace';
import { removeCluster } from '../install-test/remove-cluster';
import type { Target } from '../install-test/target';
import { createUserApi, type UserApi } from '../install-test/user-api';
import type { FleetOptions } from './options';
import type { Tally } from './tally';

const lookMs = 1_000;
const removalMs = 60_000;

/** The stages up to the one that the silent machine does not report. */
const beforeSilence: readonly (HostStage | '')[] = ['', 'Starting installation', 'Installing', 'Writing image to disk'];

interface Play {
  api: UserApi;
  id: string;
  see(status: string): void;
  signal: AbortSignal;
}

async function waitFor({ api, id, see, signal }: Play, isThere: (cluster: WireCluster) => boolean): Promise<WireCluster> {
  for (;;) {
    const cluster = await api.get(id);
    see(cluster.status);
    if (isThere(cluster)) return cluster;
    await pause(lookMs, signal);
  }
}

/** Waits for what the profile's machines lead to. */
async function awaitEnd(play: Play, end: FleetEnd): Promise<void> {
  if (end === 'never ready') return void (await waitFor(play, ({ hosts }) => (hosts ?? []).length > 0 && (hosts ?? []).every((host) => host.status === 'insufficient')));
  await waitFor(play, ({ status }) => status === 'ready');
  await play.api.install(play.id);
  if (end === 'stands still') {
    // All have gone further but the silent one.
    return void (await waitFor(play, ({ hosts, status }) => status === 'installing' && (hosts ?? []).filter((host) => beforeSilence.includes(host.progress?.current_stage ?? '')).length === 1));
  }
  await waitFor(play, ({ status }) => {
    if (status === 'error' || status === 'cancelled') throw new Error(`the installation ended with ${status}`);
    return status === 'installed';
  });
}

/** Registers a cluster, plays its machines until it has ended as its profile says or its time is over, and removes it. Never rejects. */
export async function playCluster(name: string, profileName: FleetProfileName, target: Target, options: FleetOptions, tally: Tally, outer: AbortSignal): Promise<void> {
  const profile: FleetProfile = fleetProfiles[profileName];
  const off = new AbortController();
  const signal = AbortSignal.any([outer, off.signal]);
  // A signal of AbortSignal.timeout that only another one refers to is collected by Node 20 before its time is over.
  const timer = setTimeout(() => off.abort(new Error('its time is over')), options.timeoutMs);
  const counted = tally.count(fetch);
  const access = { url: target.url, token: target.token, fetch: counted };
  const api = createUserApi(access, signal);
  const started = performance.now();
  let id: string | undefined;
  let status = 'not registered';
  let failure: string | undefined;
  let machines: Promise<unknown> = Promise.resolve();
  try {
    const kind = profile.singleNode ? { high_availability_mode: 'None' } : { vip_dhcp_allocation: false };
    const registered = await api.register({ name, openshift_version: options.version, base_dns_domain: 'example.com', pull_secret: target.pullSecret, ...kind });
    const clusterId = registered.id;
    id = clusterId;
    const see = (seen: string): void => {
      status = seen;
      tally.see(clusterId, seen);
    };
    see(registered.status);
    const { silentFrom, bootsImageAgain } = profile;
    const fleet = createFleet({
      url: target.url, clusterId, token: target.agentToken, hostCount: profile.singleNode ? 1 : options.hosts, profile: profile.machine, pace: profile.pace ?? paces.brisk,
      fetch: profile.network ? createFlakyFetch(profile.network, counted) : counted,
      first: { ...(silentFrom ? { silentFrom } : {}), ...(bootsImageAgain ? { bootsImageAgain } : {}) },
    });
    machines = fleet.run(signal);
    machines.catch((error: unknown) => off.abort(error));
    const play: Play = { api, id: clusterId, see, signal };
    await waitFor(play, ({ hosts }) => (hosts ?? []).filter((host) => host.inventory).length === fleet.machines.length);
    await api.update(clusterId, profile.singleNode ? { machine_network_cidr: fleet.network.cidr } : { api_vip: fleet.network.apiVip, ingress_vip: fleet.network.ingressVip });
    await awaitEnd(play, profile.end);
  } catch (error) {
    failure = `${name} is ${status}, not "${profile.end}": ${error instanceof Error ? error.message : String(error)}`;
  }
  if (!outer.aborted) tally.results.push({ profile: profileName, status, seconds: (performance.now() - started) / 1000, ...(failure === undefined ? {} : { failure }) });
  clearTimeout(timer);
  off.abort(new Error('the cluster has ended'));
  await machines.catch(() => undefined);
  if (id === undefined) return;
  const removal = AbortSignal.timeout(removalMs);
  await removeCluster(createUserApi(access, removal), id, removal).catch((error: unknown) => tally.results.push({ profile: profileName, status, seconds: 0, failure: `${name} was not removed: ${error instanceof Error ? error.message : String(error)}` }));
}
