import type { LockScope } from '../facts/with-cluster';

/** Whose logs an archive holds. */
export type LogSource = { type: 'host'; hostId: string } | { type: 'controller' };

/** What must stand still while something is decided about the logs of a source. */
export const scopeOf = (clusterId: string, source: LogSource): LockScope => (source.type === 'host' ? { clusterId, hostId: source.hostId } : { clusterId });

export const logsPrefix = (clusterId: string): string => `${clusterId}/logs/`;

/** Key of an archive in the private bucket; each upload replaces the one before. */
export const logsKey = (clusterId: string, source: LogSource): string =>
  `${logsPrefix(clusterId)}${source.type === 'host' ? source.hostId : 'controller'}/logs.tar.gz`;

/** Whose logs are stored under a key; undefined for what is no archive. */
export function findLogSource(clusterId: string, key: string): LogSource | undefined {
  const prefix = logsPrefix(clusterId);
  const folder = key.startsWith(prefix) && key.endsWith('/logs.tar.gz') ? key.slice(prefix.length, -'/logs.tar.gz'.length) : '';
  if (folder === '' || folder.includes('/')) return undefined;
  return folder === 'controller' ? { type: 'controller' } : { type: 'host', hostId: folder };
}
