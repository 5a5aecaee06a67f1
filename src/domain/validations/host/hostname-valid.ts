import { reportedHostname } from '../context';
import { failure, missingInventory, success, type HostValidation } from '../validation';

export const hostnameValid: HostValidation = {
  id: 'hostname-valid',
  category: 'hardware',
  evaluate: (_ctx, host) => {
    if (host.facts.inventory === undefined) return missingInventory;
    const name = reportedHostname(host);
    return name === 'localhost' ? failure('The hostname localhost is not allowed: give the host another name') : success(`The hostname ${name} is allowed`);
  },
};
