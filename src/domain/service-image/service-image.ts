/** What an image of the service is made of; holds secrets. */
export interface ServiceImageRequest {
  rhcosVersion: string;
  /** One key a line; empty for none. */
  sshPublicKey: string;
  pullSecret: string;
}

/** Names of users come from elsewhere and may hold anything; keys of objects may not. */
const fileName = (userName: string): string => encodeURIComponent(userName);

/** File name, and key in the private bucket, of the image of a user: each has one at most. */
export const serviceImageKey = (userName: string): string => `assisted-service-iso-${fileName(userName)}.iso`;

/** Where the encrypted requests of a user lie while they are worked on. */
export const serviceImageRequests = (userName: string): string => `service-image-requests/${fileName(userName)}/`;
export const serviceImageRequestKey = (userName: string, requestId: string): string => `${serviceImageRequests(userName)}${requestId}`;
