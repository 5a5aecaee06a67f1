import type { AppliedSubscription } from '../subscription/model';

/** What the workflow's own activities brought back; applied in the transaction of the next refresh. */
export type ClusterOutcome =
  | { kind: 'prepared'; openshiftClusterId: string }
  | { kind: 'preparationFailed'; reason: string }
  | { kind: 'imageBuilt'; sizeBytes: number; sshPublicKey: string; imageType: 'full-iso' | 'minimal-iso'; staticNetworkConfig: string }
  /** `obstacle`: the image cannot be made from what is there, or nothing else than storing it failed. Absent in what older workflows carry. */
  | { kind: 'imageBuildFailed'; reason: string; obstacle?: 'content' | 'storage'; imageType?: 'full-iso' | 'minimal-iso' }
  | { kind: 'imageDeleted'; cause: 'expired' | 'ignitionChanged' }
  | { kind: 'hostIgnitionsStored'; hostIds: string[]; refused: { hostId: string; reason: string }[] }
  | { kind: 'dnsRecordsCreated' | 'dnsRecordsRemoved'; names: string[] }
  | { kind: 'dnsRecordsRemovalFailed'; names: string[]; reason: string }
  | { kind: 'subscriptionApplied'; applied: AppliedSubscription }
  | { kind: 'subscriptionUnsubscribed'; ids: string[] }
  | { kind: 'subscriptionRefused'; status: number; reason: string };
