/** Name of the workflow type, which publishes what the images of one RHCOS version are made of. */
export const baseImageWorkflowType = 'baseImage';

/** Something may have changed, such as the configuration: what failed is tried again now. */
export const lookAgainSignal = 'lookAgain';

export interface BaseImageInput {
  rhcosVersion: string;
  /** Carried from run to run. */
  failures?: number;
}

export const baseImageWorkflowId = (rhcosVersion: string): string => `base-image-${rhcosVersion}`;
