import type { AppliedSubscription, WantedSubscription } from './model';

export type SubscriptionAction = 'create' | 'patch' | 'release';

/** One field to change in AMS. */
export interface SubscriptionPatch {
  field: 'display_name' | 'external_cluster_id' | 'console_url' | 'status';
  value: string;
}

/** The fields to change, in the order in which AMS has to learn of them. An Active subscription never becomes Reserved again. */
export function subscriptionPatches(wanted: WantedSubscription, applied: AppliedSubscription): SubscriptionPatch[] {
  const patches: SubscriptionPatch[] = [];
  const add = (field: SubscriptionPatch['field'], value: string, current: string) => {
    if (value !== '' && value !== current) patches.push({ field, value });
  };
  add('display_name', wanted.displayName, applied.displayName);
  add('external_cluster_id', wanted.externalClusterId, applied.externalClusterId);
  add('console_url', wanted.consoleUrl, applied.consoleUrl);
  add('status', wanted.status === 'Active' ? 'Active' : '', applied.status);
  return patches;
}

/**
 * What has to be done next so that AMS holds what is wanted; null when nothing.
 * A release is due even where nothing was confirmed: a creation whose answer was lost may have left a subscription.
 */
export function subscriptionDifference(wanted: WantedSubscription, applied: AppliedSubscription | null): SubscriptionAction | null {
  if (wanted.released) return applied?.released === true ? null : 'release';
  if (applied === null) return 'create';
  return subscriptionPatches(wanted, applied).length > 0 ? 'patch' : null;
}
