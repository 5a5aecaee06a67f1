import { ApplicationFailure, TemporalFailure } from '@temporalio/common';

/** Types of the failures that activities raise on purpose; workflows and operators tell them apart by these. */
export const failureTypes = {
  /** The rows carry a revision that this workflow never wrote: somebody else did, or the workflow's history was lost. */
  revisionAhead: 'RevisionAhead',
  /** The rows are older than the workflow, or gone: the database was restored or lost. */
  revisionBehind: 'RevisionBehind',
  /** The artefacts of this cluster cannot be generated, whatever is retried. */
  artefactsRefused: 'ArtefactsRefused',
  /** The image cannot be made from what is there, e.g. the ignition does not fit. */
  imageRefused: 'ImageRefused',
  /** The DNS records of this cluster cannot be made: a name is taken, or the provider refuses. */
  dnsRefused: 'DnsRefused',
} as const;
export type FailureType = (typeof failureTypes)[keyof typeof failureTypes];

/** A failure that no retry mends. Details must hold no secrets: they are stored in the workflow's history. */
export const permanentFailure = (type: FailureType, message: string, ...details: unknown[]): ApplicationFailure =>
  ApplicationFailure.nonRetryable(message, type, ...details);

/**
 * What of an error may go into a workflow's history and the log: an error of the database quotes the values of its query, so only
 * its code is kept; of any other the first line of its message.
 */
export function toFailure(error: unknown): unknown {
  if (error instanceof TemporalFailure || !(error instanceof Error) || error.name === 'AbortError') return error;
  const code = findCode(error);
  const isQuery = error.message.startsWith('Failed query');
  const message = isQuery ? `The database did not do what it was asked for${code ? ` (${code})` : ''}.` : (error.message.split('\n', 1)[0]?.slice(0, 300) ?? '');
  const failure = ApplicationFailure.retryable(message, code ?? error.name);
  const frames = error.stack?.split('\n').filter((line) => line.startsWith('    at '));
  failure.stack = [`${failure.name}: ${message}`, ...(frames ?? [])].join('\n');
  return failure;
}

function findCode(error: Error): string | undefined {
  for (let current: unknown = error, depth = 0; current instanceof Error && depth < 4; current = current.cause, depth += 1) {
    if ('code' in current && typeof current.code === 'string') return current.code;
  }
  return undefined;
}
