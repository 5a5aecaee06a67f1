/** Name of the workflow type, which keeps the service image of one user. */
export const serviceImageWorkflowType = 'serviceImage';

/** Makes the image anew; answered when it can be downloaded. */
export const buildServiceImageUpdate = 'buildServiceImage';

/** The request itself holds secrets and lies encrypted in the private bucket. */
export interface ServiceImageMessage {
  requestId: string;
  /** How long the image stays, in milliseconds. */
  lifetimeMs: number;
}

export interface ServiceImageInput {
  userName: string;
  /** Carried from run to run, in Unix milliseconds: when the image is removed. */
  expiresAt?: number;
}
