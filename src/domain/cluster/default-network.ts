/** Networks inside a cluster whose registration names none, and the prefix of each host's part. */
export const defaultNetwork = {
  clusterNetworkCidr: '10.128.0.0/14',
  clusterNetworkHostPrefix: 23,
  serviceNetworkCidr: '172.30.0.0/16',
} as const;
