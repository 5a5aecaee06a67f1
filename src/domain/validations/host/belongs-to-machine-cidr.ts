import { networkContains, parseAddress } from '../../network/address';
import { interfaceAddresses } from '../../network/host-networks';
import { failure, missingInventory, pending, success, type HostValidation } from '../validation';

export const belongsToMachineCidr: HostValidation = {
  id: 'belongs-to-machine-cidr',
  category: 'network',
  evaluate: (ctx, host) => {
    if (ctx.isDay2 || (ctx.isUserManaged && !ctx.isSingleNode)) return success('The host need not be in a machine network');
    if (host.facts.inventory === undefined) return missingInventory;
    const network = ctx.machineNetwork();
    if (network === undefined) return pending('The machine network of the cluster is not known yet');
    const inside = interfaceAddresses(host).some((text) => {
      const address = parseAddress(text.split('/')[0] ?? '');
      return address !== undefined && networkContains(network, address);
    });
    return inside ? success(`The host has an address in the machine network ${network.network}`) : failure(`The host has no address in the machine network ${network.network}`);
  },
};
