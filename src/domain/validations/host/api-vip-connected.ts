import { failure, missingInventory, success, type HostValidation } from '../validation';

export const apiVipConnected: HostValidation = {
  id: 'api-vip-connected',
  category: 'network',
  evaluate: (ctx, host) => {
    if (host.kind === 'Host' || ctx.isUserManaged) return success('The host need not reach a running cluster');
    if (host.facts.inventory === undefined) return missingInventory;
    return host.facts.apiVipConnectivity?.is_success === true ? success('The host reaches the API of the cluster') : failure('The host does not reach the API of the cluster it is to join');
  },
};
