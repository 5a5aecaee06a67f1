import type { HostStatus } from '../../host/status';
import { failure, success, type ClusterValidation } from '../validation';

const maxDifferenceMinutes = 4;
const clockUnknown: readonly HostStatus[] = ['disconnected', 'disabled', 'resetting-pending-user-action', 'discovering'];

export const ntpServerConfigured: ClusterValidation = {
  id: 'ntp-server-configured',
  category: 'network',
  evaluate: ({ hosts }) => {
    const clocks = hosts.filter((host) => !clockUnknown.includes(host.status)).flatMap((host) => host.facts.inventory?.timestamp ?? []);
    const minutes = clocks.length === 0 ? 0 : Math.floor((Math.max(...clocks) - Math.min(...clocks)) / 60);
    return minutes <= maxDifferenceMinutes
      ? success('The clocks of the hosts agree')
      : failure(`The clocks of the hosts differ by ${minutes} minutes, at most ${maxDifferenceMinutes} are allowed: give the hosts an NTP source`);
  },
};
