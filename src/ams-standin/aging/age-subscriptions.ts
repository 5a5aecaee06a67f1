import type { Database } from '../store/database';

/** After how much silence a subscription changes, in seconds. */
export interface AgingPeriods {
  staleAfterSeconds: number;
  archivedAfterSeconds: number;
}

export interface AgingResult {
  stale: number;
  archived: number;
}

/**
 * Looks at all running clusters once, as of `now`: an Active subscription without metrics for the first period becomes Stale,
 * one without for the second, longer one Archived. A cluster that never sent any counts from when it became Active.
 * Running it again changes nothing.
 */
export async function ageSubscriptions(database: Database, periods: AgingPeriods, now: Date): Promise<AgingResult> {
  const change = async (from: string[], to: string, silentForSeconds: number): Promise<number> => {
    const silentSince = new Date(now.getTime() - silentForSeconds * 1000);
    const result = await database`
      UPDATE ams.subscriptions SET status = ${to}, last_reconcile_date = ${now}, updated_at = clock_timestamp()
      WHERE status = ANY(${from}) AND greatest(last_telemetry_date, activated_at, created_at) < ${silentSince}`;
    return result.count;
  };
  const archived = await change(['Active', 'Stale'], 'Archived', periods.archivedAfterSeconds);
  const stale = await change(['Active'], 'Stale', periods.staleAfterSeconds);
  return { stale, archived };
}
