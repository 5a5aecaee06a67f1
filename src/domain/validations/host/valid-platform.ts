import { error, failure, missingInventory, success, type HostValidation } from '../validation';

const unsupported = 'OpenStack Compute';

export const validPlatform: HostValidation = {
  id: 'valid-platform',
  category: 'hardware',
  evaluate: (_ctx, { facts: { inventory } }) => {
    if (inventory === undefined) return missingInventory;
    if (inventory.system_vendor === undefined) return error('The hardware details of the host do not name its vendor');
    const product = inventory.system_vendor.product_name || 'unknown';
    return product === unsupported ? failure(`The platform ${product} is not supported`) : success(`The platform ${product} is supported`);
  },
};
