import { readSnapshot } from '../../db/read-snapshot';
import type { EventDraft } from '../../domain/events/draft';
import { draftDiskFormats } from '../../domain/instructions/disks-to-format';
import { createStepPlanner, type NextSteps } from '../../domain/instructions/next-steps';
import { BoundedMap } from '../../auth/bounded-map';
import { factsChangedSignal } from '../../../workflows/cluster/messages';
import type { AgentServiceDeps } from '../agent-deps';
import { NotFound } from '../errors';
import { noteEvent } from '../events/note-event';
import { tellWorkflow } from '../facts/tell-workflow';
import { noSuchCluster } from '../guard';
import type { HeartbeatRecorder } from './heartbeats';
import { createInstructionTemplate, renderInstructions, type InstructionTemplate } from './instruction-template';
import type { ClusterVersion } from './version-lookup';

interface CachedHost {
  infraEnvId: string;
  /** Made when the host first asks. */
  template: InstructionTemplate | undefined;
  /** The host counts as disconnected: its first check-in has to be told. */
  returned: boolean;
  /** What is told when the command to install is sent for the first time. */
  formats: EventDraft[];
}

interface CachedCluster extends ClusterVersion {
  hosts: Map<string, CachedHost>;
}

/** Makes the answers of a cluster's hosts, until all of them have one. */
interface Planner {
  cluster: CachedCluster;
  plan: (hostId: string) => NextSteps | undefined;
  hostsLeft: number;
}

export interface NextStepsDeps extends AgentServiceDeps {
  heartbeats: HeartbeatRecorder;
  findVersion: (clusterId: string) => Promise<ClusterVersion | undefined>;
}

/** Clusters whose answers are kept; a cluster of three hosts takes about 30 kB. */
const keptClusters = 5_000;
/** Of these some keep what the answers of their other hosts are made from; it is loaded again for the rest. */
const keptPlanners = 100;

/**
 * GetNextSteps, the poll of every agent: the answer depends only on what the version of its cluster stands for, so it is
 * made once a version and sent with fresh step ids. Each poll is a check-in.
 * The returned function answers JSON text; it throws NotFound for a cluster or host that is not there.
 */
export function createGetNextSteps(deps: NextStepsDeps): (clusterId: string, hostId: string) => Promise<string> {
  const cache = new BoundedMap<CachedCluster>(keptClusters);
  const planners = new BoundedMap<Planner>(keptPlanners);
  const loading = new Map<string, Promise<Planner>>();

  /** `version` was read before, so what is loaded is at least as new; a change in between only means another load. */
  async function load(clusterId: string, version: ClusterVersion): Promise<Planner> {
    const loaded = await readSnapshot(deps.db, clusterId);
    if (!loaded || loaded.row.deletedAt !== null) throw noSuchCluster(clusterId);
    const hosts = new Map<string, CachedHost>();
    for (const host of loaded.snapshot.hosts) {
      hosts.set(host.id, { infraEnvId: host.infraEnvId, template: undefined, returned: host.status === 'disconnected', formats: draftDiskFormats(host) });
    }
    const entry = { ...version, hosts };
    cache.set(clusterId, entry);
    const planner = { cluster: entry, plan: createStepPlanner(loaded.snapshot, deps.settings), hostsLeft: hosts.size };
    planners.set(clusterId, planner);
    return planner;
  }

  /** The answer of a host; made when it first asks since its cluster has this version. */
  function templateOf(clusterId: string, planner: Planner, hostId: string): InstructionTemplate {
    const steps = planner.plan(hostId);
    if (!steps) throw new NotFound(`Host ${hostId} was not found in cluster ${clusterId}.`);
    planner.hostsLeft -= 1;
    if (planner.hostsLeft === 0) planners.delete(clusterId);
    return createInstructionTemplate(steps);
  }

  /** One load of a cluster's version at a time; the others wait for its result. */
  function loadOnce(clusterId: string, version: ClusterVersion): Promise<Planner> {
    const key = `${clusterId} ${version.factsVersion} ${version.revision}`;
    const running = loading.get(key);
    if (running) return running;
    const started = load(clusterId, version).finally(() => loading.delete(key));
    loading.set(key, started);
    return started;
  }

  return async (clusterId, hostId) => {
    const cached = cache.get(clusterId);
    // Before anything that may fail: a poll that cannot be answered is a check-in all the same.
    const known = cached?.hosts.get(hostId);
    if (known) deps.heartbeats.record(known.infraEnvId, hostId);
    const version = await deps.findVersion(clusterId);
    if (!version) throw noSuchCluster(clusterId);
    const isCurrent = cached?.factsVersion === version.factsVersion && cached.revision === version.revision;
    const isAnswered = isCurrent && (known === undefined || known.template !== undefined);
    const planner = isAnswered ? undefined : ((isCurrent ? planners.get(clusterId) : undefined) ?? (await loadOnce(clusterId, version)));
    const host = planner ? planner.cluster.hosts.get(hostId) : known;
    if (!host) throw new NotFound(`Host ${hostId} was not found in cluster ${clusterId}.`);
    if (!known) deps.heartbeats.record(host.infraEnvId, hostId);
    if (host.returned) {
      host.returned = false;
      void deps.heartbeats.flushed().then(() => tellWorkflow(deps, clusterId, factsChangedSignal, { what: `host ${hostId} is back` }));
    }
    if (host.formats.length > 0) {
      const { formats } = host;
      host.formats = [];
      await Promise.all(formats.map((event) => noteEvent(deps, event)));
    }
    if (planner) host.template ??= templateOf(clusterId, planner, hostId);
    return renderInstructions(host.template ?? []);
  };
}
