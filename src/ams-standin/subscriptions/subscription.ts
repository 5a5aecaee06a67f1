/** A subscription as stored. Text columns hold '' and dates null where nothing is known. */
export interface SubscriptionRow {
  id: string;
  plan_id: string;
  plan_type: string;
  plan_category: string;
  cluster_id: string;
  external_cluster_id: string;
  organization_id: string;
  creator_id: string;
  display_name: string;
  managed: boolean;
  status: SubscriptionStatus;
  support_level: string;
  provenance: string;
  console_url: string;
  cloud_provider_id: string;
  metrics: unknown[] | null;
  last_telemetry_date: Date | null;
  last_reconcile_date: Date | null;
  last_released_at: Date | null;
  trial_end_date: Date | null;
  /** When it last became Active; not shown. */
  activated_at: Date | null;
  created_at: Date;
  updated_at: Date;
}

export const subscriptionStatuses = ['Active', 'Archived', 'Deprovisioned', 'Disconnected', 'Reserved', 'Stale'] as const;
export type SubscriptionStatus = (typeof subscriptionStatuses)[number];

const basePath = '/api/accounts_mgmt/v1';
const zeroDate = '0001-01-01T00:00:00Z';

function presentDate(date: Date | null): string {
  return date === null ? zeroDate : date.toISOString();
}

/** The subscription object of accounts_mgmt; `metrics` only after telemetry has arrived. */
export function presentSubscription(row: SubscriptionRow) {
  return {
    id: row.id,
    kind: 'Subscription',
    href: `${basePath}/subscriptions/${row.id}`,
    plan: {
      id: row.plan_id,
      kind: 'Plan',
      href: `${basePath}/plans/${row.plan_id}`,
      type: row.plan_type,
      category: row.plan_category,
    },
    cluster_id: row.cluster_id,
    external_cluster_id: row.external_cluster_id,
    organization_id: row.organization_id,
    last_telemetry_date: presentDate(row.last_telemetry_date),
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
    support_level: row.support_level,
    display_name: row.display_name,
    creator: {
      id: row.creator_id,
      kind: 'Account',
      href: `${basePath}/accounts/${row.creator_id}`,
    },
    managed: row.managed,
    status: row.status,
    provenance: row.provenance,
    last_reconcile_date: presentDate(row.last_reconcile_date),
    console_url: row.console_url,
    last_released_at: presentDate(row.last_released_at),
    ...(row.metrics === null ? {} : { metrics: row.metrics }),
    cloud_provider_id: row.cloud_provider_id,
    trial_end_date: presentDate(row.trial_end_date),
  };
}
