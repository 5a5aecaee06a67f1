import { platformRequirements } from '../../hardware/platform-requirements';
import { failure, pending, success, type HostValidation } from '../validation';

export const sufficientNetworkLatencyRequirementForRole: HostValidation = {
  id: 'sufficient-network-latency-requirement-for-role',
  category: 'network',
  evaluate: (ctx, host) => {
    if (ctx.hosts.length === 1) return success('A single host has no latency to others');
    const peers = ctx.weakPeers(host);
    if (peers === undefined) return pending('The latency to the other hosts has not been measured yet');
    const limit = platformRequirements(ctx.cluster, host.role, ctx.settings).networkLatencyThresholdMs;
    return peers.slow.length === 0 ? success(`The latency to all hosts of the role ${host.role} is within ${limit} ms`) : failure(`The latency to hosts of the role ${host.role} is above ${limit} ms: ${peers.slow.join(', ')}`);
  },
};
