/** The states of a host on the wire and in the database (contract: host.status). */
export const hostStatuses = [
  'discovering', 'known', 'disconnected', 'insufficient', 'disabled', 'preparing-for-installation', 'preparing-successful',
  'pending-for-input', 'installing', 'installing-in-progress', 'installing-pending-user-action',
  'resetting-pending-user-action', 'installed', 'error', 'resetting', 'added-to-existing-cluster', 'cancelled',
] as const;
export type HostStatus = (typeof hostStatuses)[number];
