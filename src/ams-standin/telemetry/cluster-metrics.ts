import { z } from 'zod';

const neverUpdated = '0001-01-01T00:00:00Z';
const epoch = '1970-01-01T00:00:00Z';

/** What is used of what there is, each with a unit. */
function resource(unit: string, unmeasured: string) {
  const amount = z.object({ value: z.number().default(0), unit: z.string().default(unit) });
  return z.object({
    updated_timestamp: z.string().default(unmeasured),
    used: amount.prefault({}),
    total: amount.prefault({}),
  }).prefault({});
}

/**
 * The `metrics` of a subscription, as Telemeter brings them: everything that a cluster did not report has the value that
 * AMS shows for it. Unknown fields are dropped.
 */
export const clusterMetricsSchema = z.object({
  health_state: z.string().default('healthy'),
  query_timestamp: z.iso.datetime().optional(),
  memory: resource('B', neverUpdated),
  cpu: resource('', neverUpdated),
  sockets: resource('', neverUpdated),
  compute_nodes_memory: resource('B', epoch),
  compute_nodes_cpu: resource('', neverUpdated),
  compute_nodes_sockets: resource('', neverUpdated),
  storage: resource('B', epoch),
  nodes: z.object({ total: z.number().int().default(0), master: z.number().int().default(0), compute: z.number().int().optional() }).prefault({}),
  operating_system: z.string().default(''),
  upgrade: z.object({ updated_timestamp: z.string().default(neverUpdated), available: z.boolean().default(false) }).prefault({}),
  state: z.string().default('ready'),
  state_description: z.string().default(''),
  openshift_version: z.string().default(''),
  cloud_provider: z.string().default('baremetal'),
  region: z.string().default(''),
  console_url: z.string().default(''),
  critical_alerts_firing: z.number().int().default(0),
  operators_condition_failing: z.number().int().default(0),
  subscription_cpu_total: z.number().default(0),
  subscription_socket_total: z.number().default(0),
  subscription_obligation_exists: z.number().default(1),
  cluster_type: z.string().default(''),
});

export type ClusterMetrics = z.infer<typeof clusterMetricsSchema>;
