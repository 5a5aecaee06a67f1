/** Steps of the agent protocol (contract: step-type). */
export const stepTypes = [
  'connectivity-check', 'execute', 'inventory', 'install', 'free-network-addresses', 'reset-installation',
  'dhcp-lease-allocate', 'api-vip-connectivity-check', 'ntp-synchronizer', 'installation-disk-speed-check',
  'container-image-availability', 'domain-resolution',
] as const;
export type StepType = (typeof stepTypes)[number];
