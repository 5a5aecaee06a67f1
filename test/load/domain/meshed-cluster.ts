import { createClusterSnapshot } from '../../../src/domain/cluster/create';
import type { RegisterIntent } from '../../../src/domain/cluster/intents';
import type { ClusterSnapshot } from '../../../src/domain/cluster/model';
import type { HostFacts } from '../../../src/domain/host/facts';
import { createHost } from '../../../src/domain/host/create-host';
import { withDiskEligibility } from '../../../src/domain/host/disk-eligibility';
import type { DomainSettings } from '../../../src/domain/settings';
import { createMachineFacts, type MachineFacts } from '../../../src/sim/machine/machine-facts';
import { makeInventory } from '../../../src/sim/machine/make-inventory';
import { profiles } from '../../../src/sim/machine/profile';
import { createMachineNetwork } from '../../../src/sim/network/machine-network';

/** Room for some thousand hosts. */
const network = { ...createMachineNetwork('10.20.0.0/20'), apiVip: '10.20.15.250', ingressVip: '10.20.15.251' };
const minDiskGb = 120;

const registration: RegisterIntent = {
  operation: 'register', name: 'meshed', userName: 'user', orgId: 'org', emailDomain: 'example.com', openshiftVersion: '4.8', ocpReleaseImage: 'release:4.8',
  highAvailabilityMode: 'Full', baseDnsDomain: 'example.com', clusterNetworkCidr: '10.128.0.0/14', clusterNetworkHostPrefix: 23, serviceNetworkCidr: '172.30.0.0/16',
  ingressVip: '', sshPublicKey: '', vipDhcpAllocation: false, userManagedNetworking: false, additionalNtpSource: '', hyperthreading: 'all',
  httpProxy: '', httpsProxy: '', noProxy: '', olmOperators: [],
};

/** What a machine reports once it has reached all others on layers 2 and 3. */
function factsOf(machine: MachineFacts, machines: readonly MachineFacts[], at: Date): HostFacts {
  const others = machines.filter((other) => other !== machine);
  return {
    inventory: withDiskEligibility(makeInventory(machine, at), minDiskGb),
    connectivity: {
      remote_hosts: others.map(({ hostId, address, mac }) => ({
        host_id: hostId,
        l2_connectivity: [{ outgoing_nic: machine.nicName, outgoing_ip_address: machine.address, remote_ip_address: address, remote_mac: mac, successful: true }],
        l3_connectivity: [{ outgoing_nic: machine.nicName, remote_ip_address: address, successful: true, average_rtt_ms: 0.4, packet_loss_percentage: 0 }],
      })),
    },
    ntpSources: [{ source_name: 'time.example.com', source_state: 'synced' }],
    disksInfo: {},
    imagesStatus: {},
  };
}

/**
 * A cluster with its virtual addresses, and hosts that have just sent all they know and have not been judged yet: three masters,
 * the rest workers. The facts are as they come from the database, parsed from JSON.
 */
export function createMeshedCluster(hostCount: number, now: Date, settings: DomainSettings): ClusterSnapshot {
  const { snapshot } = createClusterSnapshot(registration, { clusterId: '6d1b3f0e-6d39-4a50-9f1e-0c2d7c6d0001' }, true, now, settings);
  const machines = Array.from({ length: hostCount }, (_, index) => createMachineFacts(profiles.standard, index, network, 'mesh'));
  const hosts = machines.map((machine, index) => ({
    ...createHost(snapshot, machine.hostId, 'v1', now),
    role: index < 3 ? ('master' as const) : ('worker' as const),
    facts: JSON.parse(JSON.stringify(factsOf(machine, machines, now))) as HostFacts,
  }));
  return { ...snapshot, cluster: { ...snapshot.cluster, apiVip: network.apiVip, ingressVip: network.ingressVip }, hosts };
}
