import type { Refusal } from '../domain/refusal';

/** The cluster's workflow refused an operation. */
export class RefusedError extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.reason);
    this.name = 'RefusedError';
  }
}

/** Temporal, or the database behind the workflow, did not answer in time: nothing was applied, or the same request may be sent again. */
export class UnavailableError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UnavailableError';
  }
}

/** There is no running workflow for this cluster. */
export class WorkflowNotFoundError extends Error {
  constructor(clusterId: string) {
    super(`Cluster ${clusterId} has no running workflow.`);
    this.name = 'WorkflowNotFoundError';
  }
}
