import { ApplicationFailure } from '@temporalio/common';

/** Types of the failures that activities raise on purpose; workflows and operators tell them apart by these. */
export const failureTypes = {
  /** The rows carry a revision that this workflow never wrote: somebody else did, or the workflow's history was lost. */
  revisionAhead: 'RevisionAhead',
  /** The rows are older than the workflow, or gone: the database was restored or lost. */
  revisionBehind: 'RevisionBehind',
  /** AMS answered 4xx. */
  subscriptionRefused: 'SubscriptionRefused',
  /** AMS did not answer, or answered 5xx. */
  subscriptionUnavailable: 'SubscriptionUnavailable',
  /** The artefacts of this cluster cannot be generated, whatever is retried. */
  artefactsRefused: 'ArtefactsRefused',
  /** The image cannot be made from what is there, e.g. the ignition does not fit. */
  imageRefused: 'ImageRefused',
} as const;
export type FailureType = (typeof failureTypes)[keyof typeof failureTypes];

/** A failure that no retry mends. Details must hold no secrets: they are stored in the workflow's history. */
export const permanentFailure = (type: FailureType, message: string, ...details: unknown[]): ApplicationFailure =>
  ApplicationFailure.nonRetryable(message, type, ...details);

/** A failure that passes; the retry policy of the activity decides when it is tried again. */
export const passingFailure = (type: FailureType, message: string): ApplicationFailure => ApplicationFailure.retryable(message, type);
