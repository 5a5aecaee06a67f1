import type { Host } from '../host/model';
import type { ValidationContext } from './context';
import type { ValidationStatus } from './result';

/** What a validation found; the message is a sentence for the user, without figures that move on their own (ages, clocks). */
export interface Finding {
  status: Exclude<ValidationStatus, 'disabled'>;
  message: string;
}

export type HostCategory = 'hardware' | 'network' | 'operators';
export type ClusterCategory = 'configuration' | 'hosts-data' | 'network' | 'operators';

export interface HostValidation {
  id: string;
  category: HostCategory;
  evaluate: (ctx: ValidationContext, host: Host) => Finding;
}

export interface ClusterValidation {
  id: string;
  category: ClusterCategory;
  evaluate: (ctx: ValidationContext) => Finding;
}

export function success(message: string): Finding {
  return { status: 'success', message };
}

export function failure(message: string): Finding {
  return { status: 'failure', message };
}

export function pending(message: string): Finding {
  return { status: 'pending', message };
}

export function error(message: string): Finding {
  return { status: 'error', message };
}

/** What a validation that needs the inventory says before there is one. */
export const missingInventory = pending('The host has not sent its hardware details yet');
