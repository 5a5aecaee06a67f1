import type { ConnectivityCheckHost, ConnectivityReport } from '../../agent/protocol/step-payloads';
import { succeed } from '../../agent/protocol/step-answer';
import type { AnswerStep } from './answer';
import { findJson } from '../../agent/protocol/find-json';
import { isRecord } from '../../agent/protocol/is-record';

const isRequest = (value: unknown): value is ConnectivityCheckHost[] => Array.isArray(value) && value.length > 0 && value.every((host) => isRecord(host) && 'host_id' in host);

/** Every address of every other host is reached from the first interface; round trips vary as they do in a quiet network. */
export const checkConnectivity: AnswerStep = (args, { machine, now }) => {
  const hosts = findJson(args, isRequest);
  const jitter = now().getTime() % 97;
  const report: ConnectivityReport = {
    remote_hosts: hosts.map((host) => {
      const targets = (host.nics ?? []).flatMap((nic) => (nic.ip_addresses ?? []).map((address) => ({ address, mac: nic.mac })));
      return {
        host_id: host.host_id,
        l2_connectivity: targets.map(({ address, mac }) => ({
          outgoing_nic: machine.nicName,
          outgoing_ip_address: machine.address,
          remote_ip_address: address,
          remote_mac: mac,
          successful: true,
        })),
        l3_connectivity: targets.map(({ address }) => ({
          outgoing_nic: machine.nicName,
          remote_ip_address: address,
          successful: true,
          average_rtt_ms: (300 + jitter) / 1000,
          packet_loss_percentage: 0,
        })),
      };
    }),
  };
  return succeed(report);
};
