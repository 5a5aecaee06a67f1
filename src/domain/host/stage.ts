/** Installation stages a host reports (contract: host-stage). */
export const hostStages = [
  'Starting installation', 'Waiting for control plane', 'Waiting for bootkube', 'Waiting for controller', 'Installing',
  'Writing image to disk', 'Rebooting', 'Waiting for ignition', 'Configuring', 'Joined', 'Done', 'Failed',
] as const;
export type HostStage = (typeof hostStages)[number];
