import { createAgentClient, type AgentClient } from '../agent/protocol/agent-client';
import { createControllerClient } from '../agent/protocol/controller-client';
import { agentRetryRules } from '../agent/protocol/retry-rules';
import { pauseForever } from '../agent/protocol/pause';
import type { ClusterStatus } from '../domain/cluster/status';
import type { HostStage } from '../domain/host/stage';
import { playController } from './controller/play-controller';
import { createSimulatedCluster } from './controller/simulated-cluster';
import { simulatedPace } from './controller/simulated-pace';
import { createIngressCa } from './ingress-ca';
import { createMachine, type Machine } from './machine/machine';
import { createMachineFacts } from './machine/machine-facts';
import { profiles, type MachineProfile } from './machine/profile';
import { createMachineNetwork, type MachineNetwork } from './network/machine-network';
import { paces, type Pace } from './pace';
import type { Observe } from './sim-event';

export interface FleetOptions {
  /** Address of the service. */
  url: string;
  clusterId: string;
  /** The pull secret's token. */
  token: string;
  hostCount: number;
  profile?: MachineProfile;
  network?: MachineNetwork;
  pace?: Pace;
  observe?: Observe;
  fetch?: typeof fetch;
  /** Whether the fleet plays the controller of the new cluster as well (the default), or leaves that to a real one. */
  playsController?: boolean;
  /** How the first machine misbehaves: it says nothing from this stage on, or boots the discovery image again after its restart. */
  first?: { silentFrom?: HostStage; bootsImageAgain?: boolean };
}

/** Simulated servers of one cluster, and the controller that will run on them. */
export interface Fleet {
  machines: readonly Machine[];
  network: MachineNetwork;
  /** PEM of the authority whose certificates the cluster's ingress uses. */
  ingressCa: Promise<string>;
  /**
   * Resolves with the cluster's last status: 'adding-hosts' once all machines have restarted from their disks; without a played
   * controller with the status at the time when they have. When the
   * installation ends before a control plane is up the machines stay on, as servers do: they send logs and wait for a
   * reset. Rejects when a part fails or the signal is aborted; then all parts have ended.
   */
  run(signal: AbortSignal): Promise<ClusterStatus>;
}

/** A client whose installer hangs at a stage. */
function muteFrom(client: AgentClient, silentFrom: HostStage): AgentClient {
  return {
    ...client,
    updateProgress: (hostId, stage, info, signal) => (stage === silentFrom && signal ? pauseForever(signal) : client.updateProgress(hostId, stage, info, signal)),
  };
}

const agentImage = 'registry.example.com/agent:simulated';

/** Machines 0 to hostCount - 1 with serials of their own for each cluster; they are switched on by `run`. */
export function createFleet(options: FleetOptions): Fleet {
  const { clusterId, hostCount, profile = profiles.standard, network = createMachineNetwork(), pace = paces.brisk, observe = () => undefined, playsController = true } = options;
  const access = { url: options.url, clusterId, token: options.token, ...(options.fetch ? { fetch: options.fetch } : {}) };
  const client = createAgentClient({ ...access, agentImage });
  const controllerClient = createControllerClient(access);
  const ingressCa = createIngressCa(new Date());
  const machines = Array.from({ length: hostCount }, (_, index) =>
    createMachine({
      facts: createMachineFacts(profile, index, network, clusterId.slice(0, 8)), pace, rules: agentRetryRules, observe, now: () => new Date(),
      client: index === 0 && options.first?.silentFrom ? muteFrom(client, options.first.silentFrom) : client,
      bootsImageAgain: index === 0 && options.first?.bootsImageAgain === true,
    }),
  );

  return {
    machines,
    network,
    ingressCa,
    run: async (signal) => {
      const authority = await ingressCa;
      const over = new AbortController();
      const all = AbortSignal.any([signal, over.signal]);
      const cluster = createSimulatedCluster(authority);
      const parts = machines.map((machine) => machine.run(all).then(() => cluster.addMachine(machine.facts)));
      const arrived = Promise.all(parts);
      const controller = playsController
        ? playController({ client: controllerClient, cluster, pace: simulatedPace(pace), checkClusterVersion: true, highlyAvailable: true, observe }, all)
        : arrived.then(() => controllerClient.getCluster(all)).then(({ status }) => status);
      try {
        const status = await Promise.race([controller, arrived.then(() => controller)]);
        if (status === 'adding-hosts') await arrived;
        return status;
      } finally {
        over.abort(new Error('the simulation has ended'));
        await Promise.allSettled([...parts, controller]);
      }
    },
  };
}
