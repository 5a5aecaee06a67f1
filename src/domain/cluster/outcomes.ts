import type { AppliedSubscription } from '../subscription/model';

/** What the workflow's own activities brought back; applied in the transaction of the next refresh. */
export type ClusterOutcome =
  | { kind: 'prepared'; openshiftClusterId: string }
  | { kind: 'preparationFailed'; reason: string }
  | { kind: 'imageBuilt'; sizeBytes: number; sshPublicKey: string; imageType: 'full-iso' | 'minimal-iso'; staticNetworkConfig: string }
  | { kind: 'imageBuildFailed'; reason: string }
  | { kind: 'imageDeleted'; cause: 'expired' | 'ignitionChanged' }
  | { kind: 'hostIgnitionsStored'; hostIds: string[]; refused: { hostId: string; reason: string }[] }
  | { kind: 'subscriptionApplied'; applied: AppliedSubscription }
  | { kind: 'subscriptionUnsubscribed'; ids: string[] }
  | { kind: 'subscriptionRefused'; status: number; reason: string };
