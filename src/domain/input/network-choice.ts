export interface NetworkChoice {
  vipDhcpAllocation: boolean;
  userManagedNetworking: boolean;
}

export interface NetworkRequest {
  singleNode: boolean;
  vipDhcpAllocation: boolean | undefined;
  userManagedNetworking: boolean | undefined;
  ingressVip: string;
}

/** Who gives a new cluster its virtual IPs: the defaults filled in, or why the request contradicts itself. */
export function chooseNetwork({ singleNode, vipDhcpAllocation, userManagedNetworking, ingressVip }: NetworkRequest): NetworkChoice | string {
  if (singleNode) {
    if (ingressVip !== '') return 'A single-node cluster has no virtual IPs: ingress_vip must not be set';
    return { vipDhcpAllocation: false, userManagedNetworking: true };
  }
  const choice = { vipDhcpAllocation: vipDhcpAllocation ?? true, userManagedNetworking: userManagedNetworking ?? false };
  if (choice.userManagedNetworking && choice.vipDhcpAllocation) return 'vip_dhcp_allocation must be false when user_managed_networking is true';
  if (choice.userManagedNetworking && ingressVip !== '') return 'ingress_vip must not be set when user_managed_networking is true';
  if (choice.vipDhcpAllocation && ingressVip !== '') return 'ingress_vip must not be set while vip_dhcp_allocation is true, which is the default';
  return choice;
}
