/** The states of a cluster on the wire and in the database (contract: cluster.status). */
export const clusterStatuses = [
  'insufficient', 'ready', 'error', 'preparing-for-installation', 'pending-for-input', 'installing', 'finalizing',
  'installed', 'adding-hosts', 'cancelled', 'installing-pending-user-action',
] as const;
export type ClusterStatus = (typeof clusterStatuses)[number];
