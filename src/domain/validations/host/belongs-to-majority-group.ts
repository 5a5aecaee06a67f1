import { failure, pending, success, type HostValidation } from '../validation';

const minHosts = 3;

export const belongsToMajorityGroup: HostValidation = {
  id: 'belongs-to-majority-group',
  category: 'network',
  evaluate: (ctx, host) => {
    if (ctx.isDay2 || ctx.isUserManaged) return success('The host need not reach the others on layer 2');
    const group = ctx.majorityGroup();
    if (group === undefined) return pending('The connectivity between the hosts is not known yet');
    if (group.has(host.id)) return success(`The host reaches the majority of the hosts (${group.size} of ${ctx.hosts.length}) in the machine network`);
    if (ctx.hosts.length < minHosts) return pending(`The connectivity between the hosts is judged from ${minHosts} hosts on, there are ${ctx.hosts.length}`);
    return failure(`The host does not reach the majority of the hosts in the machine network ${ctx.cluster.machineNetworkCidr}`);
  },
};
