import { pause } from '../../agent/protocol/pause';
import { RequestFailed } from '../../agent/protocol/request-failed';
import type { WireCluster, WireHost } from '../../agent/protocol/wire-cluster';
import type { ClusterStatus } from '../../domain/cluster/status';
import type { HostStage } from '../../domain/host/stage';
import type { HostStatus } from '../../domain/host/status';
import { stagesOf } from '../../domain/host/stages';
import type { Fleet } from '../../sim/fleet';
import type { UserApi } from '../install-test/user-api';
import type { ClusterWatch } from './cluster-watch';
import type { ProfileChoice } from './profile-choice';

const lookMs = 2_000;

/** One cluster of the run, and how it is looked at. */
export interface Play {
  id: string;
  api: UserApi;
  watch: ClusterWatch;
  fleet: Fleet;
  see(status: ClusterStatus): void;
  signal: AbortSignal;
}

const hostsOf = ({ hosts }: WireCluster): readonly WireHost[] => hosts ?? [];

/** Waits for something that only the cluster itself tells, not the list. */
export async function waitForCluster({ api, id, see, signal }: Play, isThere: (cluster: WireCluster) => boolean): Promise<void> {
  for (;;) {
    const cluster = await api.get(id);
    see(cluster.status);
    if (isThere(cluster)) return;
    await pause(lookMs, signal);
  }
}

const waitForStatus = ({ watch, id, see, signal }: Play, isThere: (status: ClusterStatus) => boolean): Promise<void> => watch.until(id, isThere, see, signal);

function isFailing({ validations_info: text }: WireHost, validation: string): boolean {
  const categories = JSON.parse(text ?? '{}') as Record<string, { id: string; status: string }[]>;
  return Object.values(categories).flat().some(({ id, status }) => id === validation && status === 'failure');
}

const allFail = (cluster: WireCluster, { fleet }: Play, failing: string | undefined): boolean =>
  hostsOf(cluster).length === fleet.machines.length && hostsOf(cluster).every((host) => failing === undefined || isFailing(host, failing));

/** Every host is insufficient for the reason that is meant, and the service refuses to install them. */
async function awaitRefusal(play: Play, failing: string | undefined): Promise<void> {
  await waitForCluster(play, (cluster) => allFail(cluster, play, failing) && hostsOf(cluster).every((host) => host.status === 'insufficient'));
  const refusal = await play.api.install(play.id).then(() => undefined, (error: unknown) => error);
  if (refusal === undefined) throw new Error('its installation was begun');
  if (!(refusal instanceof RequestFailed) || refusal.status < 400 || refusal.status >= 500) throw refusal;
}

const waitsForUser: HostStatus = 'installing-pending-user-action';

/** A machine that booted the discovery image again was not taken for one that goes on. */
async function expectWaitForUser({ api, id }: Play): Promise<void> {
  const events = await api.events(id);
  if (!events.some(({ host_id: host, message }) => host !== undefined && message.includes(waitsForUser))) throw new Error(`no event of a host tells of ${waitsForUser}`);
}

function stageIndex(host: WireHost): { at(stage: HostStage): number; now: number } {
  const stages = stagesOf({ role: host.role ?? 'auto-assign', bootstrap: host.bootstrap === true, kind: 'Host' });
  const stage = host.progress?.current_stage;
  return { at: (other) => stages.indexOf(other), now: stage ? stages.indexOf(stage) : -1 };
}

/** The silent one has not come to its stage, and the others have gone as far as they can without it. */
function standsStill(cluster: WireCluster, silent: string | undefined, from: HostStage): boolean {
  const isFurther = (host: WireHost): boolean => {
    const stages = stageIndex(host);
    // The host that leads the installation waits for the others.
    return host.status === 'installed' || stages.now >= stages.at(host.bootstrap ? 'Waiting for control plane' : 'Rebooting');
  };
  return cluster.status === 'installing' && hostsOf(cluster).every((host) => (host.id === silent ? stageIndex(host).now < stageIndex(host).at(from) : isFurther(host)));
}

async function awaitSilence(play: Play, from: HostStage, untilTimedOut: boolean): Promise<void> {
  await waitForCluster(play, (cluster) => {
    const silent = play.fleet.silentHostId();
    if (cluster.status === 'error' && !untilTimedOut) throw new Error(`the installation ended: ${cluster.status_info}`);
    if (silent === undefined) return false;
    if (from === 'Waiting for ignition') return cluster.status === 'installed' && hostsOf(cluster).some(({ id, status }) => id === silent && status === 'installing-in-progress');
    return untilTimedOut ? cluster.status === 'error' && hostsOf(cluster).some(({ id, status }) => id === silent && status === 'error') : standsStill(cluster, silent, from);
  });
}

/** Waits for what the profile's machines lead to. Rejects when it has become something else. */
export async function awaitEnd(play: Play, { profile, silentFrom }: ProfileChoice, untilTimedOut: boolean): Promise<void> {
  if (profile.end === 'never ready') return awaitRefusal(play, profile.failing);
  await waitForStatus(play, (status) => status === 'ready');
  if (profile.failing !== undefined) await waitForCluster(play, (cluster) => allFail(cluster, play, profile.failing));
  await play.api.install(play.id);
  if (silentFrom) return awaitSilence(play, silentFrom, untilTimedOut);
  await waitForStatus(play, (status) => {
    if (status === 'error' || status === 'cancelled') throw new Error(`the installation ended with ${status}`);
    return status === 'installed';
  });
  if (profile.bootsImageAgain) await expectWaitForUser(play);
}
