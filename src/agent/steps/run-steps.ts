import { apiVipConnectivityCheck } from './api-vip-connectivity-check';
import { connectivityCheck } from './connectivity-check';
import { dhcpLease } from './dhcp-lease';
import { diskSpeed } from './disk-speed';
import { freeNetworkAddresses } from './free-network-addresses';
import { imageAvailability } from './image-availability';
import { install } from './install';
import { inventory } from './inventory';
import { logs } from './logs';
import { ntp } from './ntp';
import type { RunStep } from './step-context';
import type { StepKind } from './step-kind';

/** What the agent does for each kind of step; stopping and resetting end other steps and are the runner's own. */
export const runSteps: Record<Exclude<StepKind, 'stop-installation' | 'reset-installation'>, RunStep> = {
  inventory,
  'connectivity-check': connectivityCheck,
  'free-network-addresses': freeNetworkAddresses,
  'dhcp-lease-allocate': dhcpLease,
  'ntp-synchronizer': ntp,
  'api-vip-connectivity-check': apiVipConnectivityCheck,
  'installation-disk-speed-check': diskSpeed,
  'container-image-availability': imageAvailability,
  install,
  'send-logs': logs,
};
