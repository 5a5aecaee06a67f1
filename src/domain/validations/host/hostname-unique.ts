import { reportedHostname } from '../context';
import { failure, missingInventory, success, type HostValidation } from '../validation';

export const hostnameUnique: HostValidation = {
  id: 'hostname-unique',
  category: 'hardware',
  evaluate: (ctx, host) => {
    if (host.facts.inventory === undefined) return missingInventory;
    const name = reportedHostname(host);
    return ctx.countHostname(name) > 1 ? failure(`Another host has the hostname ${name} as well`) : success(`No other host has the hostname ${name}`);
  },
};
