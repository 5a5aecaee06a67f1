/** The object of the private bucket that the discovery image of a cluster is. */
export const discoveryImageKey = (clusterId: string): string => `discovery-image-${clusterId}.iso`;
