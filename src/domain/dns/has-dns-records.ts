import type { ClusterStatus } from '../cluster/status';

const withRecords: readonly ClusterStatus[] = ['installing', 'installing-pending-user-action', 'finalizing', 'installed', 'error', 'cancelled'];

/** Whether the records of a cluster were made: before its installation, and until it is reset or gone. While it is prepared they may be or not. */
export const hasDnsRecords = (status: ClusterStatus): boolean => withRecords.includes(status);
