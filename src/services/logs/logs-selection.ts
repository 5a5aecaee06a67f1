import { Invalid } from '../errors';
import type { LogSource } from './log-source';

/** Which logs somebody wants. */
export type LogsSelection = LogSource | { type: 'all' };

/** Reads the two parameters of a request; a host alone means its logs. Throws Invalid where the host is missing. */
export function selectLogs(type: 'host' | 'controller' | 'all' | undefined, hostId: string | undefined): LogsSelection {
  const wanted = type ?? (hostId === undefined ? 'all' : 'host');
  if (wanted !== 'host') return { type: wanted };
  if (hostId === undefined) throw new Invalid('host_id is needed for the logs of a host.');
  return { type: 'host', hostId };
}

/** The file name that a signed address of logs is bound to. */
export const logsCapability = (selection: LogsSelection): string => (selection.type === 'host' ? `logs/host/${selection.hostId}` : `logs/${selection.type}`);
