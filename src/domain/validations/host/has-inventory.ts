import { failure, success, type HostValidation } from '../validation';

export const hasInventory: HostValidation = {
  id: 'has-inventory',
  category: 'hardware',
  evaluate: (_ctx, { facts: { inventory } }) => {
    if (inventory === undefined) return failure('The host has not sent its hardware details yet');
    const missing = [
      ...(inventory.cpu === undefined ? ['processors'] : []),
      ...(inventory.memory === undefined ? ['memory'] : []),
      ...((inventory.disks ?? []).length === 0 ? ['disks'] : []),
    ];
    return missing.length === 0 ? success('The hardware details of the host are known') : failure(`The hardware details of the host lack: ${missing.join(', ')}`);
  },
};
