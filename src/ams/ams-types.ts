/** A subscription as the service needs it. Texts are '' where AMS has none. */
export interface AmsSubscription {
  id: string;
  /** Reserved, Active, Stale, Archived, Disconnected or Deprovisioned; AMS may add others. */
  status: string;
  clusterId: string;
  externalClusterId: string;
  displayName: string;
  consoleUrl: string;
  organizationId: string;
}

/** What the service changes on a subscription; what is left out stays. */
export interface AmsSubscriptionChange {
  displayName?: string;
  externalClusterId?: string;
  consoleUrl?: string;
  status?: 'Active';
}

/** The account that a pull secret belongs to. */
export interface AmsAccount {
  username: string;
  orgId: string;
  email: string;
  firstName: string;
  lastName: string;
}

/** One outbound call, for metrics; `status` as in AmsError. Durations in milliseconds. */
export interface AmsCallMetric {
  operation: string;
  method: string;
  /** Path of the call with `-` in place of ids. */
  path: string;
  /** A call for a token. */
  token: boolean;
  status: number | null;
  durationMs: number;
}

/** Limits of one call; they also cover the request for a token. */
export interface AmsCallOptions {
  timeoutMs?: number;
  signal?: AbortSignal;
}

/** The operations of AMS that the service uses. Each is tried once and rejects with AmsError. */
export interface AmsClient {
  /** All subscriptions of a cluster, by its id here or by OpenShift's, whatever their status, oldest first. */
  findSubscriptions(filter: { clusterId: string } | { externalClusterId: string }, options?: AmsCallOptions): Promise<AmsSubscription[]>;
  /** Creates a Reserved subscription, another one if the cluster has one: search first. */
  createReservedSubscription(
    wanted: { accountUsername: string; clusterId: string; displayName: string },
    options?: AmsCallOptions,
  ): Promise<AmsSubscription>;
  getSubscription(id: string, options?: AmsCallOptions): Promise<AmsSubscription>;
  patchSubscription(id: string, change: AmsSubscriptionChange, options?: AmsCallOptions): Promise<AmsSubscription>;
  /** Also succeeds when the subscription is gone already. */
  deleteSubscription(id: string, options?: AmsCallOptions): Promise<void>;
  /** The account of a pull secret's token; a 4xx means that the token is not valid. */
  authorizeToken(token: string, options?: AmsCallOptions): Promise<AmsAccount>;
  /** Whether the account has the capability that makes its user a read-only admin. */
  reviewCapability(username: string, options?: AmsCallOptions): Promise<boolean>;
  /** Whether the account may create bare-metal clusters. */
  reviewAccess(username: string, options?: AmsCallOptions): Promise<boolean>;
}
