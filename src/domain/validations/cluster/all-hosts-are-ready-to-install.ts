import type { HostStatus } from '../../host/status';
import { failure, success, type ClusterValidation } from '../validation';

const ready: readonly HostStatus[] = ['known', 'preparing-for-installation', 'preparing-successful'];

export const allHostsAreReadyToInstall: ClusterValidation = {
  id: 'all-hosts-are-ready-to-install',
  category: 'hosts-data',
  evaluate: ({ hosts }) => {
    const waiting = hosts.filter((host) => !ready.includes(host.status)).length;
    return waiting === 0 ? success('All hosts are ready to install') : failure(`${waiting} of ${hosts.length} hosts are not ready to install`);
  },
};
