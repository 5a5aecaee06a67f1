import { decideLeasedVips, type LeasedVips } from '../../cluster/decide-leased-vips';
import type { Refusal } from '../../refusal';
import { isRefusal } from '../../refusal';
import { cidrContains } from '../../network/address';
import { checkDhcpLease, withoutExpiry } from '../../network/dhcp-lease';
import { DecodeError } from '../decode';
import { decodeDhcp } from '../decode-replies';
import type { ReplyReader, StepOutcome } from '../step-reply';

/** The virtual IPs a DHCP server has given: both must be in the machine network, their leases are kept for ever. */
export const readDhcpReply: ReplyReader = (output, { snapshot }) => {
  const reply = decodeDhcp(output, 'reply');
  const { api_vip_address: apiVip, ingress_vip_address: ingressVip, api_vip_lease: apiLease = '', ingress_vip_lease: ingressLease = '' } = reply;
  if (apiVip === undefined || ingressVip === undefined) throw new DecodeError('reply lacks a virtual IP');
  const { machineNetworkCidr } = snapshot.cluster;
  const outside = [apiVip, ingressVip].find((vip) => !cidrContains(machineNetworkCidr, vip));
  if (outside !== undefined) return refuse(`The leased virtual IP ${outside} is not in the machine network ${machineNetworkCidr || '(none is set)'}`);
  const problem = checkDhcpLease(apiLease, apiVip) ?? checkDhcpLease(ingressLease, ingressVip);
  if (problem !== undefined) return refuse(`The lease of a virtual IP can't be used: ${problem}`);
  const vips: LeasedVips = { apiVip, ingressVip, apiVipLease: withoutExpiry(apiLease), ingressVipLease: withoutExpiry(ingressLease) };
  const decision = decideLeasedVips(snapshot, vips);
  if (isRefusal(decision)) return { refusal: decision };
  return decision === 'store' ? { facts: [{ kind: 'vipsLeased', ...vips }] } : {};
};

function refuse(reason: string): StepOutcome {
  const refusal: Refusal = { type: 'Invalid', reason };
  return { refusal };
}
