/** A field that `search` and `order` may name: its SQL (never taken from a request) and type. */
export interface SearchField {
  sql: string;
  type: 'text' | 'boolean' | 'timestamptz';
}

function column(name: string, type: SearchField['type'] = 'text'): SearchField {
  return { sql: `s.${name}`, type };
}

/** Fields by the name that clients write. */
export const searchFields: ReadonlyMap<string, SearchField> = new Map([
  ['id', column('id')],
  ['cluster_id', column('cluster_id')],
  ['external_cluster_id', column('external_cluster_id')],
  ['organization_id', column('organization_id')],
  ['organization.id', column('organization_id')],
  ['status', column('status')],
  ['display_name', column('display_name')],
  ['plan.id', column('plan_id')],
  ['plan_id', column('plan_id')],
  ['plan.type', column('plan_type')],
  ['plan.category', column('plan_category')],
  ['creator.id', column('creator_id')],
  ['creator_id', column('creator_id')],
  ['creator.username', { sql: 'a.username', type: 'text' as const }],
  ['support_level', column('support_level')],
  ['provenance', column('provenance')],
  ['console_url', column('console_url')],
  ['cloud_provider_id', column('cloud_provider_id')],
  ['managed', column('managed', 'boolean')],
  ['created_at', column('created_at', 'timestamptz')],
  ['updated_at', column('updated_at', 'timestamptz')],
  ['last_telemetry_date', column('last_telemetry_date', 'timestamptz')],
]);
