import type { Account } from '../accounts/account';
import { randomUUID } from 'node:crypto';
import type { Database } from '../store/database';
import { toSqlOrder } from './order';
import { parseSearch } from './search-parser';
import { toSqlCondition } from './search-sql';
import type { SubscriptionRow, SubscriptionStatus } from './subscription';

export interface ListQuery {
  page: number;
  size: number;
  order: string | undefined;
  search: string | undefined;
}

/** What a client may change on a subscription. */
export interface SubscriptionChange {
  display_name?: string | undefined;
  external_cluster_id?: string | undefined;
  console_url?: string | undefined;
  support_level?: string | undefined;
  status?: SubscriptionStatus | undefined;
  managed?: boolean | undefined;
}

export interface NewSubscription {
  creator: Account;
  cluster_id: string;
  display_name: string;
  managed: boolean;
  product_id: string;
  product_category: string;
  cloud_provider_id: string;
}

export interface SubscriptionRepository {
  /** One page of the subscriptions that the caller may see, and how many there are. Throws SearchError. */
  list(caller: Account, query: ListQuery): Promise<{ total: number; rows: SubscriptionRow[] }>;
  find(id: string): Promise<SubscriptionRow | undefined>;
  reserve(wanted: NewSubscription): Promise<SubscriptionRow>;
  change(id: string, change: SubscriptionChange): Promise<SubscriptionRow | undefined>;
  /** Deletes it if it is still Reserved; says whether it did. */
  deleteReserved(id: string): Promise<boolean>;
}

/** The subscriptions in schema `ams`. */
export function createSubscriptionRepository(database: Database): SubscriptionRepository {
  return {
    async list(caller, { page, size, order, search }) {
      const visible = caller.service_account ? 'TRUE' : 's.organization_id = $1';
      const parameters = caller.service_account ? [] : [caller.organization_id];
      const found = search === undefined || search.trim() === ''
        ? { text: 'TRUE', parameters: [] }
        : toSqlCondition(parseSearch(search), parameters.length + 1);
      const from = `FROM ams.subscriptions s JOIN ams.accounts a ON a.id = s.creator_id WHERE ${visible} AND ${found.text}`;
      const values = [...parameters, ...found.parameters];
      const window = `LIMIT ${size} OFFSET ${(page - 1) * size}`;
      const [rows, counts] = await Promise.all([
        database.unsafe<SubscriptionRow[]>(`SELECT s.* ${from} ORDER BY ${toSqlOrder(order)} ${window}`, values),
        database.unsafe<{ total: number }[]>(`SELECT count(*)::int AS total ${from}`, values),
      ]);
      return { total: counts[0]?.total ?? 0, rows: [...rows] };
    },

    async find(id) {
      const [row] = await database<SubscriptionRow[]>`SELECT * FROM ams.subscriptions WHERE id = ${id}`;
      return row;
    },

    async reserve(wanted) {
      const { creator, product_id: product, product_category: category } = wanted;
      const planId = category === '' ? product : `${product}-${category}`;
      const [row] = await database<SubscriptionRow[]>`
        INSERT INTO ams.subscriptions (id, plan_id, plan_type, plan_category, cluster_id, organization_id, creator_id,
          display_name, managed, status, cloud_provider_id)
        VALUES (${randomUUID()}, ${planId}, ${product}, ${category}, ${wanted.cluster_id}, ${creator.organization_id},
          ${creator.id}, ${wanted.display_name}, ${wanted.managed}, 'Reserved', ${wanted.cloud_provider_id})
        RETURNING *`;
      if (row === undefined) throw new Error('the new subscription was not returned');
      return row;
    },

    async change(id, change) {
      const columns = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      if (Object.keys(columns).length === 0) return this.find(id);
      const [row] = await database<SubscriptionRow[]>`
        UPDATE ams.subscriptions SET ${database(columns)}, updated_at = clock_timestamp(),
          activated_at = CASE WHEN ${change.status === 'Active'} AND status <> 'Active' THEN clock_timestamp() ELSE activated_at END
        WHERE id = ${id} RETURNING *`;
      return row;
    },

    async deleteReserved(id) {
      const result = await database`DELETE FROM ams.subscriptions WHERE id = ${id} AND status = 'Reserved'`;
      return result.count > 0;
    },
  };
}
