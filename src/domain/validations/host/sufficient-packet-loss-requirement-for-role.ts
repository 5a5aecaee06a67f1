import { platformRequirements } from '../../hardware/platform-requirements';
import { failure, pending, success, type HostValidation } from '../validation';

export const sufficientPacketLossRequirementForRole: HostValidation = {
  id: 'sufficient-packet-loss-requirement-for-role',
  category: 'network',
  evaluate: (ctx, host) => {
    if (ctx.hosts.length === 1) return success('A single host has no packet loss to others');
    const peers = ctx.weakPeers(host);
    if (peers === undefined) return pending('The packet loss to the other hosts has not been measured yet');
    const limit = platformRequirements(ctx.cluster, host.role, ctx.settings).packetLossPercentage;
    return peers.lossy.length === 0 ? success(`The packet loss to all hosts of the role ${host.role} is within ${limit} %`) : failure(`The packet loss to hosts of the role ${host.role} is above ${limit} %: ${peers.lossy.join(', ')}`);
  },
};
