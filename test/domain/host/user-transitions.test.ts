import { describe, expect, it } from 'vitest';
import { hostStatuses, type HostStatus } from '../../../src/domain/host/status';
import { findHostUserRule, type HostTrigger } from '../../../src/domain/host/user-transitions';

const expected: Record<HostTrigger, Partial<Record<HostStatus, HostStatus>>> = {
  install: { known: 'installing', disabled: 'disabled' },
  disable: { disconnected: 'disabled', discovering: 'disabled', insufficient: 'disabled', known: 'disabled', 'pending-for-input': 'disabled' },
  enable: { disabled: 'discovering' },
  installFailed: { installing: 'error', 'installing-in-progress': 'error' },
  cancel: {
    'installing-pending-user-action': 'cancelled', installing: 'cancelled', 'installing-in-progress': 'cancelled', installed: 'cancelled', error: 'cancelled',
    'preparing-for-installation': 'known', 'preparing-successful': 'known', known: 'known', disabled: 'disabled',
  },
  reset: {
    'installing-pending-user-action': 'resetting', installing: 'resetting', 'installing-in-progress': 'resetting', installed: 'resetting', error: 'resetting',
    cancelled: 'resetting', 'added-to-existing-cluster': 'resetting',
    'preparing-for-installation': 'known', 'preparing-successful': 'known', known: 'known', disabled: 'disabled',
  },
  requireReset: {
    resetting: 'resetting-pending-user-action', discovering: 'resetting-pending-user-action', known: 'resetting-pending-user-action',
    'installing-pending-user-action': 'resetting-pending-user-action', installing: 'resetting-pending-user-action', 'preparing-for-installation': 'resetting-pending-user-action',
    'preparing-successful': 'resetting-pending-user-action', 'installing-in-progress': 'resetting-pending-user-action', installed: 'resetting-pending-user-action',
    error: 'resetting-pending-user-action', cancelled: 'resetting-pending-user-action', 'added-to-existing-cluster': 'resetting-pending-user-action', disabled: 'disabled',
  },
};

describe('what users do to hosts', () => {
  for (const trigger of Object.keys(expected) as HostTrigger[]) {
    it.each(hostStatuses)(`${trigger} from %s`, (status) => {
      expect(findHostUserRule(trigger, { status })?.to).toBe(expected[trigger][status]);
    });
  }
});
