import type { DhcpAllocationRequest, DhcpAllocationResponse } from '../../agent/protocol/step-payloads';
import { succeed } from '../../agent/protocol/step-answer';
import type { AnswerContext, AnswerStep } from './answer';
import { findJson } from '../../agent/protocol/find-json';
import { isRecord } from '../../agent/protocol/is-record';

function leaseText(request: DhcpAllocationRequest, address: string, { machine, now }: AnswerContext): string {
  const until = (hours: number): string => {
    const date = new Date(now().getTime() + hours * 3_600_000);
    const text = date.toISOString();
    return `${date.getUTCDay()} ${text.slice(0, 10).replaceAll('-', '/')} ${text.slice(11, 19)}`;
  };
  return [
    'lease {',
    `  interface "${request.interface}";`,
    `  fixed-address ${address};`,
    '  option subnet-mask 255.255.255.0;',
    `  option routers ${machine.network.gateway};`,
    '  option dhcp-lease-time 86400;',
    '  option dhcp-message-type 5;',
    `  option dhcp-server-identifier ${machine.network.gateway};`,
    `  renew ${until(12)};`,
    `  rebind ${until(21)};`,
    `  expire ${until(24)};`,
    '}',
    '',
  ].join('\n');
}

/** The DHCP server of the machine network leases its two virtual addresses. */
export const allocateDhcpLeases: AnswerStep = (args, context) => {
  const request = findJson(args, (value): value is DhcpAllocationRequest => isRecord(value) && 'api_vip_mac' in value);
  const { apiVip, ingressVip } = context.machine.network;
  const response: DhcpAllocationResponse = {
    api_vip_address: apiVip,
    ingress_vip_address: ingressVip,
    api_vip_lease: request.api_vip_lease || leaseText(request, apiVip, context),
    ingress_vip_lease: request.ingress_vip_lease || leaseText(request, ingressVip, context),
  };
  return succeed(response);
};
