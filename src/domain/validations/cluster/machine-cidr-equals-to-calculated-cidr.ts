import { findNetworkOfVip } from '../../network/machine-cidr';
import { failure, pending, success, type ClusterValidation } from '../validation';

export const machineCidrEqualsToCalculatedCidr: ClusterValidation = {
  id: 'machine-cidr-equals-to-calculated-cidr',
  category: 'network',
  evaluate: (ctx) => {
    if (ctx.isUserManaged) return success('The machine network is not derived from virtual IPs: the user manages the network');
    const vip = ctx.cluster.apiVip || ctx.cluster.ingressVip;
    if (vip === '') return pending('No virtual IP is set yet');
    const calculated = findNetworkOfVip(ctx.hosts, vip);
    if (calculated === '') return failure(`The virtual IP ${vip} is in none of the hosts' networks`);
    return ctx.machineNetwork()?.network === calculated
      ? success(`The machine network ${calculated} holds the virtual IP ${vip}`)
      : failure(`The machine network is ${ctx.cluster.machineNetworkCidr || 'not set'}, the virtual IP ${vip} is in ${calculated}`);
  },
};
