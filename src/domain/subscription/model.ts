/** What the subscription of a cluster should look like in AMS. */
export interface WantedSubscription {
  /** True once the cluster is gone from the service: a Reserved subscription is deleted, any other left alone. */
  released: boolean;
  displayName: string;
  externalClusterId: string;
  consoleUrl: string;
  status: 'Reserved' | 'Active';
}

/** What AMS has confirmed. */
export interface AppliedSubscription extends WantedSubscription {
  id: string;
}
