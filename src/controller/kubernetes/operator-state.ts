import { z } from 'zod';
import type { OperatorState } from '../../agent/protocol/controller/new-cluster';

const conditions = z.object({
  status: z.object({ conditions: z.array(z.object({ type: z.string(), status: z.string(), message: z.string().optional() })).optional() }).optional(),
});

/** An operator of the release is available, has failed, or works on it: the first of its conditions Available, Degraded (Failing) and Progressing that is true. */
export function readConditions(object: unknown): OperatorState | undefined {
  const known = conditions.parse(object).status?.conditions ?? [];
  const find = (...types: string[]) => known.find(({ type, status }) => types.includes(type) && status === 'True');
  const available = find('Available');
  if (available) return { status: 'available', status_info: available.message ?? '' };
  const degraded = find('Degraded', 'Failing');
  if (degraded) return { status: 'failed', status_info: degraded.message ?? '' };
  const progressing = find('Progressing');
  return progressing && { status: 'progressing', status_info: progressing.message ?? '' };
}

const clusterServiceVersion = z.object({ status: z.object({ phase: z.string().optional(), message: z.string().optional() }).optional() });

/** An operator of the user by the phase of its ClusterServiceVersion. */
export function readPhase(object: unknown): OperatorState | undefined {
  const { phase, message = '' } = clusterServiceVersion.parse(object).status ?? {};
  if (phase === undefined || phase === '') return undefined;
  if (phase === 'Succeeded') return { status: 'available', status_info: message };
  return { status: phase === 'Failed' ? 'failed' : 'progressing', status_info: message };
}

const subscription = z.object({ status: z.object({ installedCSV: z.string().optional(), currentCSV: z.string().optional() }).optional() });

/** The name of the ClusterServiceVersion that a subscription has led to so far. */
export function readCsvName(object: unknown): string | undefined {
  const { installedCSV, currentCSV } = subscription.parse(object).status ?? {};
  return installedCSV || currentCSV || undefined;
}
