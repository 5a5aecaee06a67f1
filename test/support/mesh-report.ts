import type { ConnectivityReport } from '../../src/domain/host/facts';
import type { MachineFacts } from '../../src/sim/machine/machine-facts';

/** Report of a machine that reaches all others; `rtt` in milliseconds. */
export function reportOf(machine: MachineFacts, machines: readonly MachineFacts[], rtt: number): ConnectivityReport {
  return {
    remote_hosts: machines.filter((other) => other !== machine).map(({ hostId, address, mac }) => ({
      host_id: hostId,
      l2_connectivity: [{ outgoing_nic: machine.nicName, outgoing_ip_address: machine.address, remote_ip_address: address, remote_mac: mac, successful: true }],
      l3_connectivity: [{ outgoing_nic: machine.nicName, remote_ip_address: address, successful: true, average_rtt_ms: rtt, packet_loss_percentage: 0 }],
    })),
  };
}
