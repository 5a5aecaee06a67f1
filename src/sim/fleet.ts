import { createAgentClient } from '../agent/protocol/agent-client';
import { createControllerClient } from '../agent/protocol/controller-client';
import { agentRetryRules } from '../agent/protocol/retry-rules';
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
import { Silence } from './silence';
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
  /** Nothing is heard of one machine from this stage on. */
  silentFrom?: HostStage;
  /** After its restart the first machine boots the discovery image once more, until somebody corrects its boot order. */
  bootsImageAgain?: boolean;
}

/** Simulated servers of one cluster, and the controller that will run on them. */
export interface Fleet {
  machines: readonly Machine[];
  network: MachineNetwork;
  /** The machine of which nothing is heard any more, once there is one. */
  silentHostId(): string | undefined;
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

const agentImage = 'registry.example.com/agent:simulated';

/** Machines 0 to hostCount - 1 with serials of their own for each cluster; they are switched on by `run`. */
export function createFleet(options: FleetOptions): Fleet {
  const { clusterId, hostCount, profile = profiles.standard, network = createMachineNetwork(), pace = paces.brisk, observe = () => undefined, playsController = true } = options;
  const access = { url: options.url, clusterId, token: options.token, ...(options.fetch ? { fetch: options.fetch } : {}) };
  const silence = options.silentFrom && new Silence(options.silentFrom);
  const client = createAgentClient({ ...access, agentImage });
  const reachable = createControllerClient(access);
  const controllerClient = silence?.ofController(reachable) ?? reachable;
  const ingressCa = createIngressCa(new Date());
  const machines = Array.from({ length: hostCount }, (_, index) => {
    const facts = createMachineFacts(profile, index, network, clusterId.slice(0, 8));
    return createMachine({
      facts, pace, rules: agentRetryRules, observe, now: () => new Date(),
      client: silence?.ofMachine(facts.hostId, client) ?? client,
      bootsImageAgain: index === 0 && options.bootsImageAgain === true,
    });
  });

  return {
    machines,
    network,
    silentHostId: () => silence?.hostId,
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
