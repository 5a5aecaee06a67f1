import type { ApiVipConnectivityResponse } from '../../agent/protocol/step-payloads';
import type { StepType } from '../../domain/host/step-type';
import { makeInventory } from '../machine/make-inventory';
import { succeed } from '../../agent/protocol/step-answer';
import type { AnswerStep } from './answer';
import { checkConnectivity } from './connectivity';
import { allocateDhcpLeases } from './dhcp-lease';
import { checkDiskSpeed } from './disk-speed';
import { scanFreeAddresses } from './free-addresses';
import { checkImageAvailability } from './image-availability';
import { synchronizeNtp } from './ntp';

const apiVipReached: ApiVipConnectivityResponse = { is_success: true };

/** The steps that only look at the machine; install and reset change its life and are the machine's own. */
export const answers: Partial<Record<StepType, AnswerStep>> = {
  inventory: (_args, { machine, now }) => succeed(makeInventory(machine, now())),
  'connectivity-check': checkConnectivity,
  'free-network-addresses': scanFreeAddresses,
  'ntp-synchronizer': synchronizeNtp,
  'dhcp-lease-allocate': allocateDhcpLeases,
  'installation-disk-speed-check': checkDiskSpeed,
  'container-image-availability': checkImageAvailability,
  'api-vip-connectivity-check': () => succeed(apiVipReached),
  execute: () => succeed(),
};
